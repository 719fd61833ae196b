/* ids.c - is an identity number or a unified social credit code well formed, and if not, why?
 *
 *     cc ids.c $(pkg-config --cflags --libs govcore) -o ids && ./ids 11010519491231002X
 *
 * The numbers below are the examples printed in GB 11643 and GB 32100; the last of each pair is wrong. */
#include <govcore.h>

#include <stdio.h>
#include <string.h>

static void tell(const char *text, gov_status status, const gov_error *err)
{
    if (status == GOV_OK)
        printf("%-20s well formed\n", text);
    else
        printf("%-20s character %lld: %s\n", text, (long long)err->column, err->message);
}

static void check_person(const char *text)
{
    gov_error err = GOV_ERROR_INIT;
    tell(text, gov_citizen_id_parse(text, -1, NULL, NULL, &err), &err);
}

static void check_organisation(const char *text)
{
    gov_error err = GOV_ERROR_INIT;
    tell(text, gov_credit_code_parse(text, -1, NULL, NULL, &err), &err);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        check_person(argv[i]);
    if (argc > 1)
        return 0;
    check_person("11010519491231002X");
    check_person("110105194912310021");
    check_organisation("91350100M000100Y43");
    check_organisation("91350100M000100Y4Z");
    return 0;
}
