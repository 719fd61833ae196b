# Takes the hidden gov_error out of the results that SWIG's type stub states, types its constructors, and says that the
# fields of structs are only read.
file(READ "${STUB}" text)
string(REGEX REPLACE "typing\\.List\\[typing\\.Union\\[([^\n]*), typing\\.Any\\]\\]\"" "\\1\"" text "${text}")
string(REPLACE "def __init__(self):" "def __init__(self) -> None:" text "${text}")
string(REGEX REPLACE "\n    ([a-z_][A-Za-z0-9_]*): (\"[^\n]*\")" "\n    @property\n    def \\1(self) -> \\2: ..." text "${text}")
file(WRITE "${STUB}" "${text}")
