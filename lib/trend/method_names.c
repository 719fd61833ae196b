/* method_names.c - the names of methods, as options and tables have them. */
#include "govcore/trend/panel.h"

static const char *name_at(const char *const *names, int count, int place)
{
    return place >= 0 && place < count ? names[place] : NULL;
}

const char *gov_mk_method_name(gov_mk_method method)
{
    static const char *const names[] = {
        "original", "hamed_rao",          "yue_wang", "pre_whitening", "trend_free_pre_whitening",
        "seasonal", "correlated_seasonal"};
    return name_at(names, (int)(sizeof(names) / sizeof(names[0])), (int)method);
}

const char *gov_alarm_method_name(gov_alarm_method method)
{
    static const char *const names[] = {"ears", "auto", "essence", "farrington"};
    return name_at(names, (int)(sizeof(names) / sizeof(names[0])), (int)method);
}
