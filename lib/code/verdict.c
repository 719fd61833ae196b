/* verdict.c - the words for every reason, in one table.
 *
 * Parsers give a verdict and write no text, so that checking a column of millions costs no formatting: words
 * are made only for what is refused. The format string of a reason takes its detail, if it has one. */
#include "code/verdict.h"

#include <stdio.h>
#include <string.h>

typedef struct reason_words {
    const char *name;
    gov_status status;
    const char *en;
    const char *zh;
    char detail; /* 'c' a character, 'n' a number, 0 none */
    const char *en_detail;
    const char *zh_detail;
} reason_words;

static const reason_words words[] = {
    [GOV_REFUSAL_NONE] = {"accepted", GOV_OK, "accepted", "合格", 0, "", ""},
    [GOV_REFUSAL_EMPTY] = {"empty", GOV_E_MISSING, "there is no text", "内容为空", 0, "", ""},
    [GOV_REFUSAL_LENGTH] = {"length", GOV_E_FORMAT, "too few or too many characters", "位数不符", 'n',
                            ": expected %d", "，应为 %d 位"},
    [GOV_REFUSAL_SPACE] = {"space", GOV_E_FORMAT, "a space, tab or line break", "含有空格、制表符或换行", 0,
                           "", ""},
    [GOV_REFUSAL_WIDE] = {"wide", GOV_E_FORMAT, "a full-width character: type it in half width",
                          "含有全角字符，应为半角", 0, "", ""},
    [GOV_REFUSAL_LOWER_CASE] = {"lower_case", GOV_E_FORMAT, "a lower-case letter: the standard has capitals",
                                "含有小写字母，应为大写", 0, "", ""},
    [GOV_REFUSAL_CHARACTER] = {"character", GOV_E_FORMAT, "a character that may not stand here",
                               "此位不允许该字符", 0, "", ""},
    [GOV_REFUSAL_OLD_FORM] = {"old_form", GOV_E_FORMAT,
                              "the 15 digits of 1989, without century and check digit",
                              "15 位旧号码，缺世纪和校验码", 0, "", ""},
    [GOV_REFUSAL_DIVISION] = {"division", GOV_E_RANGE, "not the code of a division", "行政区划代码不成立", 0,
                              "", ""},
    [GOV_REFUSAL_STREET_TYPE] = {"street_type", GOV_E_RANGE,
                                 "digit 7 must be 0 to 5 (street, town, township, quasi-unit)",
                                 "第 7 位应为 0 至 5（街道、镇、乡、类似乡级单位）", 0, "", ""},
    [GOV_REFUSAL_LEVEL] = {"level", GOV_E_RANGE, "a division of another level than is needed", "区划层级不符",
                           'n', ": needed are %d digits", "，应为 %d 位"},
    [GOV_REFUSAL_SEQUENCE] = {"sequence", GOV_E_RANGE, "the sequence number is 0", "顺序号不能为零", 0, "",
                              ""},
    [GOV_REFUSAL_CLASS] = {"class", GOV_E_RANGE, "the class is 0", "类别代码不能为零", 0, "", ""},
    [GOV_REFUSAL_DATE] = {"date", GOV_E_RANGE, "the birth date is not a day of the calendar",
                          "出生日期不存在", 0, "", ""},
    [GOV_REFUSAL_DATE_LATE] = {"date_late", GOV_E_RANGE, "born after the latest date allowed",
                               "出生日期晚于允许的最晚日期", 0, "", ""},
    [GOV_REFUSAL_DATE_EARLY] = {"date_early", GOV_E_RANGE, "born before the earliest date allowed",
                                "出生日期早于允许的最早日期", 0, "", ""},
    [GOV_REFUSAL_CHECK_DIGIT] = {"check_digit", GOV_E_CHECK_DIGIT, "the check digit does not fit",
                                 "校验码不符", 'c', ": the characters before it give %c",
                                 "，按前面各位应为 %c"},
    [GOV_REFUSAL_INNER_CHECK_DIGIT] = {"inner_check_digit", GOV_E_CHECK_DIGIT,
                                       "the check digit of the organisation code does not fit",
                                       "主体标识码的校验码不符", 'c', ": the characters before it give %c",
                                       "，按前面各位应为 %c"},
    [GOV_REFUSAL_UNKNOWN_CODE] = {"unknown_code", GOV_E_UNKNOWN_NAME, "not in the code set", "不在代码集中",
                                  0, "", ""},
};

static const reason_words *words_of(gov_refusal reason)
{
    static const reason_words unknown = {"unknown", GOV_E_INTERNAL, "unknown reason", "未知原因", 0, "", ""};
    size_t i = (size_t)reason;
    return i < sizeof(words) / sizeof(words[0]) ? &words[i] : &unknown;
}

static int is_chinese(const char *language)
{
    return language != NULL && strcmp(language, "zh") == 0;
}

gov_status gov_refusal_status(gov_refusal reason)
{
    return words_of(reason)->status;
}

const char *gov_refusal_name(gov_refusal reason)
{
    return words_of(reason)->name;
}

const char *gov_refusal_text(gov_refusal reason, const char *language)
{
    return is_chinese(language) ? words_of(reason)->zh : words_of(reason)->en;
}

/* The detail's own format has one %d or %c; replacing it by hand keeps every format string a literal. */
static void append_detail(const char *format, char kind, int32_t detail, char *out, size_t size)
{
    const char *percent = strchr(format, '%');
    if (kind == 'n')
        snprintf(out, size, "%.*s%d%s", (int)(percent - format), format, detail, percent + 2);
    else
        snprintf(out, size, "%.*s%c%s", (int)(percent - format), format, (char)detail, percent + 2);
}

void gov_verdict_message(gov_verdict verdict, const char *language, char out[GOV_VERDICT_MESSAGE])
{
    const reason_words *w = words_of(verdict.reason);
    int length = snprintf(out, GOV_VERDICT_MESSAGE, "%s", gov_refusal_text(verdict.reason, language));
    if (w->detail != 0 && verdict.detail != 0)
        append_detail(is_chinese(language) ? w->zh_detail : w->en_detail, w->detail, verdict.detail,
                      out + length, GOV_VERDICT_MESSAGE - (size_t)length);
}

gov_status gov_verdict_fail(gov_verdict verdict, const char *name, gov_error *err)
{
    if (verdict.reason == GOV_REFUSAL_NONE)
        return GOV_OK;
    char message[GOV_VERDICT_MESSAGE];
    gov_verdict_message(verdict, "en", message);
    gov_place place = GOV_NOWHERE;
    place.name = name;
    place.column = verdict.position;
    return gov_fail_at(err, gov_refusal_status(verdict.reason), &place, "%s", message);
}

int64_t gov_text_bytes(const char *text, int64_t size)
{
    if (text == NULL || size < -1)
        return -1;
    return size == -1 ? (int64_t)strlen(text) : size;
}
