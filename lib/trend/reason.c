#include "trend/reason.h"

#include <string.h>

const char *gov_reason_text(gov_reason reason, const char *language)
{
    static const struct {
        const char *zh;
        const char *en;
    } texts[] = {
        [GOV_REASON_NONE] = {"正常", "ok"},
        [GOV_REASON_SHORT_HISTORY] = {"历史数据不足", "too little history"},
        [GOV_REASON_CONSTANT] = {"各期数值完全相同", "all values are equal"},
        [GOV_REASON_MISSING] = {"本期缺数据", "the value of this period is missing"},
        [GOV_REASON_BASELINE_GAPS] = {"基线期缺数据过多", "too many values of the baseline are missing"},
        [GOV_REASON_FEW_CASES] = {"近期件数过少，不作报警判断", "too few recent cases for an alarm"},
        [GOV_REASON_NO_FIT] = {"模型未能收敛", "the model could not be fitted"},
        [GOV_REASON_NOT_ASKED] = {"不在所要求的时段内", "outside the range that was asked for"},
    };
    int zh = language != NULL && strcmp(language, "zh") == 0;
    if ((unsigned)reason >= sizeof(texts) / sizeof(texts[0]))
        return zh ? "未知原因" : "unknown reason";
    return zh ? texts[reason].zh : texts[reason].en;
}

const char *gov_reason_name(gov_reason reason)
{
    static const char *const names[] = {
        [GOV_REASON_NONE] = "ok",
        [GOV_REASON_SHORT_HISTORY] = "short_history",
        [GOV_REASON_CONSTANT] = "constant",
        [GOV_REASON_MISSING] = "missing",
        [GOV_REASON_BASELINE_GAPS] = "baseline_gaps",
        [GOV_REASON_FEW_CASES] = "few_cases",
        [GOV_REASON_NO_FIT] = "no_fit",
        [GOV_REASON_NOT_ASKED] = "not_asked",
    };
    return (unsigned)reason < sizeof(names) / sizeof(names[0]) ? names[reason] : "unknown";
}
