/* sets_family.c - code sets of households and kinship. */
#include "code/sets.h"

#define ITEM(code, zh, en, certainty)                                  \
    {                                                                  \
        "family_relation_1", code, zh, en, "GB/T 4761-2008", certainty \
    }
static const gov_code_item family_relation_1[] = {
    ITEM("0", "本人或户主", "oneself or head of the household", "C"),
    ITEM("1", "配偶", "spouse", "C"),
    ITEM("2", "子", "son", "C"),
    ITEM("3", "女", "daughter", "C"),
    ITEM("4", "孙子、孙女或外孙子、外孙女", "grandchild", "C"),
    ITEM("5", "父母", "parent", "C"),
    ITEM("6", "祖父母或外祖父母", "grandparent", "C"),
    ITEM("7", "兄、弟、姐、妹", "sibling", "C"),
    ITEM("8", "其他", "other", "C"),
};
#undef ITEM

#define ITEM(code, zh, en, certainty)                                \
    {                                                                \
        "family_relation", code, zh, en, "GB/T 4761-2008", certainty \
    }
static const gov_code_item family_relation[] = {
    ITEM("01", "本人", "oneself", "C"),
    ITEM("02", "户主", "head of the household", "C"),
    ITEM("10", "配偶", "spouse", "C"),
    ITEM("11", "夫", "husband", "C"),
    ITEM("12", "妻", "wife", "C"),
    ITEM("20", "子", "son", "C"),
    ITEM("21", "独生子", "only son", "C"),
    ITEM("22", "长子", "first son", "C"),
    ITEM("23", "次子", "second son", "S"),
    ITEM("24", "三子", "third son", "S"),
    ITEM("25", "四子", "fourth son", "S"),
    ITEM("26", "五子", "fifth son", "S"),
    ITEM("27", "养子或继子", "adopted son or stepson", "S"),
    ITEM("28", "女婿", "son-in-law", "C"),
    ITEM("29", "其他儿子", "other son", "S"),
    ITEM("30", "女", "daughter", "C"),
    ITEM("31", "独生女", "only daughter", "S"),
    ITEM("32", "长女", "first daughter", "S"),
    ITEM("33", "次女", "second daughter", "S"),
    ITEM("34", "三女", "third daughter", "S"),
    ITEM("35", "四女", "fourth daughter", "S"),
    ITEM("36", "五女", "fifth daughter", "S"),
    ITEM("37", "养女或继女", "adopted daughter or stepdaughter", "S"),
    ITEM("38", "儿媳", "daughter-in-law", "C"),
    ITEM("39", "其他女儿", "other daughter", "S"),
    ITEM("40", "孙子、孙女或外孙子、外孙女", "grandchild", "S"),
    ITEM("41", "孙子", "son's son", "C"),
    ITEM("42", "孙女", "son's daughter", "S"),
    ITEM("43", "外孙子", "daughter's son", "S"),
    ITEM("44", "外孙女", "daughter's daughter", "S"),
    ITEM("45", "孙媳妇或外孙媳妇", "grandson's wife", "S"),
    ITEM("46", "孙女婿或外孙女婿", "granddaughter's husband", "S"),
    ITEM("47", "曾孙子或外曾孙子", "great-grandson", "S"),
    ITEM("48", "曾孙女或外曾孙女", "great-granddaughter", "S"),
    ITEM("49", "其他孙子、孙女或外孙子、外孙女", "other grandchild", "S"),
    ITEM("50", "父母", "parent", "S"),
    ITEM("51", "父亲", "father", "C"),
    ITEM("52", "母亲", "mother", "C"),
    ITEM("53", "公公", "husband's father", "C"),
    ITEM("54", "婆婆", "husband's mother", "C"),
    ITEM("55", "岳父", "wife's father", "C"),
    ITEM("56", "岳母", "wife's mother", "C"),
    ITEM("57", "继父或养父", "stepfather or adoptive father", "C"),
    ITEM("58", "继母或养母", "stepmother or adoptive mother", "C"),
    ITEM("59", "其他父母关系", "other parental relation", "S"),
    ITEM("60", "祖父母或外祖父母", "grandparent", "S"),
    ITEM("61", "祖父", "father's father", "S"),
    ITEM("62", "祖母", "father's mother", "S"),
    ITEM("63", "外祖父", "mother's father", "S"),
    ITEM("64", "外祖母", "mother's mother", "S"),
    ITEM("65", "配偶的祖父母或外祖父母", "spouse's grandparent", "S"),
    ITEM("66", "曾祖父", "great-grandfather", "S"),
    ITEM("67", "曾祖母", "great-grandmother", "S"),
    ITEM("68", "配偶的曾祖父母或外曾祖父母", "spouse's great-grandparent", "S"),
    ITEM("69", "其他祖父母或外祖父母关系", "other grandparental relation", "S"),
    ITEM("70", "兄弟姐妹", "sibling", "S"),
    ITEM("71", "兄", "elder brother", "S"),
    ITEM("72", "嫂", "elder brother's wife", "S"),
    ITEM("73", "弟", "younger brother", "S"),
    ITEM("74", "弟媳", "younger brother's wife", "S"),
    ITEM("75", "姐姐", "elder sister", "S"),
    ITEM("76", "姐夫", "elder sister's husband", "S"),
    ITEM("77", "妹妹", "younger sister", "S"),
    ITEM("78", "妹夫", "younger sister's husband", "S"),
    ITEM("79", "其他兄弟姐妹", "other sibling", "S"),
    ITEM("80", "其他", "other", "S"),
    ITEM("81", "伯父", "father's elder brother", "S"),
    ITEM("82", "伯母", "wife of the father's elder brother", "S"),
    ITEM("83", "叔父", "father's younger brother", "S"),
    ITEM("84", "婶母", "wife of the father's younger brother", "S"),
    ITEM("85", "舅父", "mother's brother", "S"),
    ITEM("86", "舅母", "wife of the mother's brother", "S"),
    ITEM("87", "姨父", "husband of the mother's sister", "S"),
    ITEM("88", "姨母", "mother's sister", "S"),
    ITEM("89", "姑父", "husband of the father's sister", "S"),
    ITEM("90", "姑母", "father's sister", "S"),
    ITEM("91", "堂兄弟、堂姐妹", "cousin on the father's side, same surname", "S"),
    ITEM("92", "表兄弟、表姐妹", "other cousin", "S"),
    ITEM("93", "侄子", "brother's son", "S"),
    ITEM("94", "侄女", "brother's daughter", "S"),
    ITEM("95", "外甥", "sister's son", "S"),
    ITEM("96", "外甥女", "sister's daughter", "S"),
    ITEM("97", "其他亲属", "other relative", "S"),
    ITEM("99", "非亲属", "no relative", "S"),
};
#undef ITEM

#define ITEM(code, zh, en, certainty)                           \
    {                                                           \
        "household_view", code, zh, en, "libgovcore", certainty \
    }
static const gov_code_item household_view[] = {
    ITEM("1", "户籍户", "registered household", "P"),
    ITEM("2", "居住户", "dwelling household", "P"),
    ITEM("3", "救助家庭", "assistance household", "P"),
};
#undef ITEM

const gov_code_set gov_family_sets[] = {
    {"family_relation_1", "家庭关系（一位）", "family relation, one digit", "GB/T 4761-2008",
     GOV_SET_ITEMS(family_relation_1)},
    {"family_relation", "家庭关系", "family relation", "GB/T 4761-2008", GOV_SET_ITEMS(family_relation)},
    {"household_view", "户的口径", "view of a household", "libgovcore", GOV_SET_ITEMS(household_view)},
    {NULL, NULL, NULL, NULL, NULL, 0},
};
