# Takes the hidden gov_error out of the results that SWIG's type stub states.
file(READ "${STUB}" text)
string(REGEX REPLACE "typing\\.List\\[typing\\.Union\\[([^\n]*), typing\\.Any\\]\\]\"" "\\1\"" text "${text}")
file(WRITE "${STUB}" "${text}")
