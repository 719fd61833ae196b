/* sets_person.c - code sets of a person's own attributes. */
#include "code/sets.h"

#define ITEM(code, zh, en, certainty)                      \
    {                                                      \
        "sex", code, zh, en, "GB/T 2261.1-2003", certainty \
    }
static const gov_code_item sex[] = {
    ITEM("0", "未知的性别", "unknown", "C"),
    ITEM("1", "男性", "male", "C"),
    ITEM("2", "女性", "female", "C"),
    ITEM("9", "未说明的性别", "not stated", "C"),
};
#undef ITEM

#define ITEM(code, zh, en, certainty)                           \
    {                                                           \
        "marriage", code, zh, en, "GB/T 2261.2-2003", certainty \
    }
static const gov_code_item marriage[] = {
    ITEM("10", "未婚", "never married", "C"),
    ITEM("20", "已婚", "married", "C"),
    ITEM("21", "初婚", "first marriage", "C"),
    ITEM("22", "再婚", "remarried", "C"),
    ITEM("23", "复婚", "remarried to the former spouse", "C"),
    ITEM("30", "丧偶", "widowed", "C"),
    ITEM("40", "离婚", "divorced", "C"),
    ITEM("90", "未说明的婚姻状况", "not stated", "C"),
};
#undef ITEM

#define ITEM(code, zh, en, certainty)                         \
    {                                                         \
        "health", code, zh, en, "GB/T 2261.3-2003", certainty \
    }
static const gov_code_item health[] = {
    ITEM("10", "健康或良好", "good", "C"),
    ITEM("20", "一般或较弱", "fair or weak", "C"),
    ITEM("30", "有慢性病", "chronic disease", "C"),
    ITEM("31", "心血管病", "cardiovascular disease", "C"),
    ITEM("32", "脑血管病", "cerebrovascular disease", "C"),
    ITEM("33", "慢性呼吸系统病", "chronic respiratory disease", "C"),
    ITEM("34", "慢性消化系统病", "chronic digestive disease", "C"),
    ITEM("35", "慢性肾炎", "chronic nephritis", "C"),
    ITEM("36", "结核病", "tuberculosis", "C"),
    ITEM("37", "糖尿病", "diabetes", "C"),
    ITEM("38", "神经或精神疾病", "neurological or mental disease", "C"),
    ITEM("40", "有慢性病", "chronic disease", "R"),
    ITEM("41", "癌症", "cancer", "C"),
    ITEM("49", "其他慢性病", "other chronic disease", "C"),
    ITEM("60", "残疾", "disability", "C"),
    ITEM("61", "视力残疾", "visual disability", "C"),
    ITEM("62", "听力残疾", "hearing disability", "C"),
    ITEM("63", "言语残疾", "speech disability", "C"),
    ITEM("64", "肢体残疾", "physical disability", "C"),
    ITEM("65", "智力残疾", "intellectual disability", "C"),
    ITEM("66", "精神残疾", "mental disability", "C"),
    ITEM("67", "多重残疾", "multiple disabilities", "C"),
    ITEM("69", "其他残疾", "other disability", "C"),
};
#undef ITEM

#define ITEM(code, zh, en, certainty)                             \
    {                                                             \
        "employment", code, zh, en, "GB/T 2261.4-2003", certainty \
    }
static const gov_code_item employment[] = {
    ITEM("11", "国家公务员", "civil servant", "C"),
    ITEM("13", "专业技术人员", "professional or technician", "C"),
    ITEM("17", "职员", "clerk", "C"),
    ITEM("21", "企业管理人员", "business manager", "C"),
    ITEM("24", "工人", "worker", "C"),
    ITEM("27", "农民", "farmer", "C"),
    ITEM("31", "学生", "student", "C"),
    ITEM("37", "现役军人", "serviceman", "C"),
    ITEM("51", "自由职业者", "freelance", "C"),
    ITEM("54", "个体经营者", "self-employed", "C"),
    ITEM("70", "无业人员", "without work", "C"),
    ITEM("80", "退（离）休人员", "retired", "R"),
    ITEM("90", "其他", "other", "C"),
};
#undef ITEM

#define ITEM(code, zh, en, certainty)                          \
    {                                                          \
        "education", code, zh, en, "GB/T 4658-2006", certainty \
    }
static const gov_code_item education[] = {
    ITEM("10", "研究生教育", "postgraduate", "R"),
    ITEM("20", "大学本科教育", "undergraduate", "R"),
    ITEM("30", "大学专科教育", "junior college", "R"),
    ITEM("40", "中等职业教育", "secondary vocational", "R"),
    ITEM("60", "普通高级中学教育", "senior secondary", "R"),
    ITEM("70", "初级中学教育", "junior secondary", "R"),
    ITEM("80", "小学教育", "primary", "R"),
    ITEM("90", "其他", "other", "R"),
};
#undef ITEM

#define ITEM(code, zh, en, certainty)                         \
    {                                                         \
        "politics", code, zh, en, "GB/T 4762-1984", certainty \
    }
static const gov_code_item politics[] = {
    ITEM("01", "中国共产党党员", "member of the Communist Party of China", "R"),
    ITEM("02", "中国共产党预备党员", "probationary member of the Communist Party of China", "R"),
    ITEM("03", "中国共产主义青年团团员", "member of the Communist Youth League", "R"),
    ITEM("04", "中国国民党革命委员会会员", "member of the Revolutionary Committee of the Kuomintang", "R"),
    ITEM("05", "中国民主同盟盟员", "member of the China Democratic League", "R"),
    ITEM("06", "中国民主建国会会员", "member of the China National Democratic Construction Association", "R"),
    ITEM("07", "中国民主促进会会员", "member of the China Association for Promoting Democracy", "R"),
    ITEM("08", "中国农工民主党党员", "member of the Chinese Peasants and Workers Democratic Party", "R"),
    ITEM("09", "中国致公党党员", "member of the China Zhi Gong Party", "R"),
    ITEM("10", "九三学社社员", "member of the Jiusan Society", "R"),
    ITEM("11", "台湾民主自治同盟盟员", "member of the Taiwan Democratic Self-Government League", "R"),
    ITEM("12", "无党派民主人士", "without party affiliation", "R"),
    ITEM("13", "群众", "general public", "R"),
};
#undef ITEM

#define ITEM(code, zh, en, certainty)                                 \
    {                                                                 \
        "disability_kind", code, zh, en, "GB/T 26341-2010", certainty \
    }
static const gov_code_item disability_kind[] = {
    ITEM("1", "视力残疾", "visual", "R"),       ITEM("2", "听力残疾", "hearing", "R"),
    ITEM("3", "言语残疾", "speech", "R"),       ITEM("4", "肢体残疾", "physical", "R"),
    ITEM("5", "智力残疾", "intellectual", "R"), ITEM("6", "精神残疾", "mental", "R"),
    ITEM("7", "多重残疾", "multiple", "R"),
};
#undef ITEM

#define ITEM(code, zh, en, certainty)                                  \
    {                                                                  \
        "disability_grade", code, zh, en, "GB/T 26341-2010", certainty \
    }
static const gov_code_item disability_grade[] = {
    ITEM("1", "一级", "grade 1 (heaviest)", "R"),
    ITEM("2", "二级", "grade 2", "R"),
    ITEM("3", "三级", "grade 3", "R"),
    ITEM("4", "四级", "grade 4 (lightest)", "R"),
};
#undef ITEM

#define ITEM(code, zh, en, certainty)                                 \
    {                                                                 \
        "residence_match", code, zh, en, "GB/T 31000-2015", certainty \
    }
static const gov_code_item residence_match[] = {
    ITEM("01", "人户一致", "lives where registered", "S"),
    ITEM("02", "人户不一致", "lives apart from the register", "S"),
};
#undef ITEM

#define ITEM(code, zh, en, certainty)                                 \
    {                                                                 \
        "youth_kind", code, zh, en, "GB/T 31000-2015 5.41", certainty \
    }
static const gov_code_item youth_kind[] = {
    ITEM("01", "闲散青少年", "neither at school nor at work", "S"),
    ITEM("02", "有不良或严重不良行为青少年", "with misconduct", "S"),
    ITEM("03", "流浪乞讨未成年人", "homeless or begging minor", "S"),
    ITEM("04", "服刑（在教）人员未成年子女", "minor child of a prisoner", "S"),
    ITEM("05", "农村留守儿童", "rural left-behind child", "S"),
    ITEM("99", "其他", "other", "S"),
};
#undef ITEM

const gov_code_set gov_person_sets[] = {
    {"sex", "性别", "sex", "GB/T 2261.1-2003", GOV_SET_ITEMS(sex)},
    {"marriage", "婚姻状况", "marital status", "GB/T 2261.2-2003", GOV_SET_ITEMS(marriage)},
    {"health", "健康状况", "state of health", "GB/T 2261.3-2003", GOV_SET_ITEMS(health)},
    {"employment", "从业状况", "employment status", "GB/T 2261.4-2003", GOV_SET_ITEMS(employment)},
    {"education", "学历", "education", "GB/T 4658-2006", GOV_SET_ITEMS(education)},
    {"politics", "政治面貌", "political affiliation", "GB/T 4762-1984", GOV_SET_ITEMS(politics)},
    {"disability_kind", "残疾类别", "kind of disability", "GB/T 26341-2010", GOV_SET_ITEMS(disability_kind)},
    {"disability_grade", "残疾等级", "grade of disability", "GB/T 26341-2010",
     GOV_SET_ITEMS(disability_grade)},
    {"residence_match", "人户一致标识", "register and residence", "GB/T 31000-2015",
     GOV_SET_ITEMS(residence_match)},
    {"youth_kind", "重点青少年人员类型", "kind of youth in need of attention", "GB/T 31000-2015 5.41",
     GOV_SET_ITEMS(youth_kind)},
    {NULL, NULL, NULL, NULL, NULL, 0},
};
