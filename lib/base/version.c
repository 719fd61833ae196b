/* version.c - the numbers of the files VERSION and ABI, given by the build. */
#include "govcore/base.h"

const char *gov_version(void)
{
    return GOV_VERSION;
}

int gov_abi(void)
{
    return GOV_ABI;
}
