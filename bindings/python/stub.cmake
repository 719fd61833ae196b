# Takes the hidden gov_error out of the results that SWIG's type stub states, and types its constructors.
file(READ "${STUB}" text)
string(REGEX REPLACE "typing\\.List\\[typing\\.Union\\[([^\n]*), typing\\.Any\\]\\]\"" "\\1\"" text "${text}")
string(REPLACE "def __init__(self):" "def __init__(self) -> None:" text "${text}")
file(WRITE "${STUB}" "${text}")
