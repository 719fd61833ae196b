/* Names of methods: every number of the enum has one of its own, and no other number has any. */
#include "govcore/trend.h"
#include "gov_check.h"

START_TEST(each_method_has_its_name)
{
    ck_assert_str_eq(gov_mk_method_name(GOV_MK_ORIGINAL), "original");
    ck_assert_str_eq(gov_mk_method_name(GOV_MK_HAMED_RAO), "hamed_rao");
    ck_assert_str_eq(gov_mk_method_name(GOV_MK_YUE_WANG), "yue_wang");
    ck_assert_str_eq(gov_mk_method_name(GOV_MK_PRE_WHITENING), "pre_whitening");
    ck_assert_str_eq(gov_mk_method_name(GOV_MK_TREND_FREE_PRE_WHITENING), "trend_free_pre_whitening");
    ck_assert_str_eq(gov_mk_method_name(GOV_MK_SEASONAL), "seasonal");
    ck_assert_str_eq(gov_mk_method_name(GOV_MK_CORRELATED_SEASONAL), "correlated_seasonal");
    ck_assert_str_eq(gov_alarm_method_name(GOV_ALARM_EARS), "ears");
    ck_assert_str_eq(gov_alarm_method_name(GOV_ALARM_AUTO), "auto");
    ck_assert_str_eq(gov_alarm_method_name(GOV_ALARM_ESSENCE), "essence");
    ck_assert_str_eq(gov_alarm_method_name(GOV_ALARM_FARRINGTON), "farrington");
}
END_TEST

START_TEST(what_is_no_method_has_no_name)
{
    ck_assert_ptr_null(gov_mk_method_name((gov_mk_method)(GOV_MK_CORRELATED_SEASONAL + 1)));
    ck_assert_ptr_null(gov_alarm_method_name((gov_alarm_method)(GOV_ALARM_FARRINGTON + 1)));
}
END_TEST

GOV_TESTS("trend/method_names", each_method_has_its_name, what_is_no_method_has_no_name)
