/* main.c - the govcore command. */
#include "govcore.h"

#include <stdio.h>

int main(void)
{
    printf("govcore %s\n", gov_version());
    return 0;
}
