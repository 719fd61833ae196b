/* sets_service.c - code sets of places, city management, cases and assistance. */
#include "code/sets.h"

#define ITEM(code, zh, en, certainty)                                        \
    {                                                                        \
        "street_type", code, zh, en, "statistical division codes", certainty \
    }
static const gov_code_item street_type[] = {
    ITEM("0", "街道", "street", "C"),
    ITEM("1", "镇", "town", "C"),
    ITEM("2", "乡", "township", "C"),
    ITEM("3", "乡", "township", "C"),
    ITEM("4", "类似乡级单位", "quasi-unit", "C"),
    ITEM("5", "类似乡级单位", "quasi-unit", "C"),
};
#undef ITEM

#define ITEM(code, zh, en, certainty)                                        \
    {                                                                        \
        "urban_rural", code, zh, en, "statistical division codes", certainty \
    }
static const gov_code_item urban_rural[] = {
    ITEM("111", "主城区", "main urban area", "R"), ITEM("112", "城乡结合区", "urban-rural fringe", "R"),
    ITEM("121", "镇中心区", "town centre", "R"),   ITEM("122", "镇乡结合区", "town-rural fringe", "R"),
    ITEM("123", "特殊区域", "special area", "C"),  ITEM("210", "乡中心区", "township centre", "R"),
    ITEM("220", "村庄", "village", "C"),
};
#undef ITEM

#define ITEM(code, zh, en, certainty)                              \
    {                                                              \
        "component_class", code, zh, en, "GB/T 30428.2", certainty \
    }
static const gov_code_item component_class[] = {
    ITEM("01", "公用设施", "public utilities", "S"),
    ITEM("02", "道路交通设施", "road traffic", "S"),
    ITEM("03", "市容环境设施", "appearance and environment", "S"),
    ITEM("04", "园林绿化设施", "parks and greenery", "S"),
    ITEM("05", "其他部件", "other", "S"),
};
#undef ITEM

#define ITEM(code, zh, en, certainty)                                   \
    {                                                                   \
        "component_class_214", code, zh, en, "CJ/T 214-2007", certainty \
    }
static const gov_code_item component_class_214[] = {
    ITEM("01", "公用设施", "public utilities", "R"),
    ITEM("02", "道路交通设施", "road traffic", "R"),
    ITEM("03", "市容环境设施", "appearance and environment", "R"),
    ITEM("04", "园林绿化设施", "parks and greenery", "R"),
    ITEM("05", "房屋土地设施", "buildings and land", "R"),
    ITEM("06", "其他设施", "other", "R"),
};
#undef ITEM

#define ITEM(code, zh, en, certainty)                          \
    {                                                          \
        "event_class", code, zh, en, "GB/T 30428.2", certainty \
    }
static const gov_code_item event_class[] = {
    ITEM("01", "市容环境", "appearance and environment", "S"),
    ITEM("02", "宣传广告", "posters and advertising", "S"),
    ITEM("03", "施工管理", "construction", "S"),
    ITEM("04", "突发事件", "sudden events", "S"),
    ITEM("05", "街面秩序", "street order", "S"),
    ITEM("06", "其他事件", "other (extension)", "S"),
};
#undef ITEM

#define ITEM(code, zh, en, certainty)                             \
    {                                                             \
        "event_scale", code, zh, en, "GB/T 31000-2015", certainty \
    }
static const gov_code_item event_scale[] = {
    ITEM("01", "个体性事件", "individual", "S"),
    ITEM("02", "一般群体性事件", "group", "S"),
    ITEM("03", "重大群体性事件", "large group", "S"),
};
#undef ITEM

#define ITEM(code, zh, en, certainty)                              \
    {                                                              \
        "discovery_channel", code, zh, en, "libgovcore", certainty \
    }
static const gov_code_item discovery_channel[] = {
    ITEM("1", "智能感知", "sensor", "P"),
    ITEM("2", "主动发现", "patrol", "P"),
    ITEM("3", "群众反映", "citizen", "P"),
};
#undef ITEM

#define ITEM(code, zh, en, certainty)                                                                       \
    {                                                                                                       \
        "case_stage", code, zh, en,                                                                         \
            "names: local rules of city management (Fugou 2019, Fuzhou 2013); codes: libgovcore", certainty \
    }
static const gov_code_item case_stage[] = {
    ITEM("1", "信息收集", "collected", "P"),     ITEM("2", "案卷建立", "filed", "P"),
    ITEM("3", "任务派遣", "dispatched", "P"),    ITEM("4", "任务处理", "handled", "P"),
    ITEM("5", "处理反馈", "reported back", "P"), ITEM("6", "核查结案", "checked and closed", "P"),
    ITEM("7", "综合评价", "evaluated", "P"),
};
#undef ITEM

#define ITEM(code, zh, en, certainty)                       \
    {                                                       \
        "limit_unit", code, zh, en, "libgovcore", certainty \
    }
static const gov_code_item limit_unit[] = {
    ITEM("1", "紧急工作时", "urgent hour", "P"),
    ITEM("2", "工作时", "working hour", "P"),
    ITEM("3", "工作日", "working day", "P"),
    ITEM("4", "自然小时", "hour of the clock", "P"),
};
#undef ITEM

#define ITEM(code, zh, en, certainty)                                      \
    {                                                                      \
        "warning_level", code, zh, en, "Emergency Response Law", certainty \
    }
static const gov_code_item warning_level[] = {
    ITEM("1", "红色预警（一级）", "red (level 1, highest)", "C"),
    ITEM("2", "橙色预警（二级）", "orange (level 2)", "C"),
    ITEM("3", "黄色预警（三级）", "yellow (level 3)", "C"),
    ITEM("4", "蓝色预警（四级）", "blue (level 4)", "C"),
};
#undef ITEM

#define ITEM(code, zh, en, certainty)                                       \
    {                                                                       \
        "service_rating", code, zh, en, "GB/T 39734, GB/T 39735", certainty \
    }
static const gov_code_item service_rating[] = {
    ITEM("1", "非常不满意", "very dissatisfied", "C"), ITEM("2", "不满意", "dissatisfied", "C"),
    ITEM("3", "基本满意", "fairly satisfied", "C"),    ITEM("4", "满意", "satisfied", "C"),
    ITEM("5", "非常满意", "very satisfied", "C"),
};
#undef ITEM

#define ITEM(code, zh, en, certainty)                                                              \
    {                                                                                              \
        "assistance_layer", code, zh, en, "mappings of implementers; codes: libgovcore", certainty \
    }
static const gov_code_item assistance_layer[] = {
    ITEM("1", "最低生活保障对象", "minimum living guarantee", "P"),
    ITEM("2", "特困人员", "in extreme hardship", "P"),
    ITEM("3", "防止返贫监测对象", "monitored against a return to poverty", "P"),
    ITEM("4", "最低生活保障边缘家庭", "on the edge of the minimum living guarantee", "P"),
    ITEM("5", "刚性支出困难家庭", "hardship by unavoidable spending", "P"),
    ITEM("6", "其他低收入人口", "other low income", "P"),
};
#undef ITEM

#define ITEM(code, zh, en, certainty)                                \
    {                                                                \
        "credit_authority", code, zh, en, "GB 32100-2015", certainty \
    }
static const gov_code_item credit_authority[] = {
    ITEM("1", "机构编制", "establishment", "R"),
    ITEM("5", "民政", "civil affairs", "R"),
    ITEM("9", "工商（市场监管）", "market regulation", "R"),
    ITEM("Y", "其他", "other", "R"),
};
#undef ITEM

#define ITEM(code, zh, en, certainty)                                                 \
    {                                                                                 \
        "position_accuracy", code, zh, en, "implementations of GB/T 30428", certainty \
    }
static const gov_code_item position_accuracy[] = {
    ITEM("A", "±0.5 m", "within 0.5 m", "S"),
    ITEM("B", "±1.0 m", "within 1.0 m", "S"),
    ITEM("C", "±10.0 m", "within 10 m", "S"),
};
#undef ITEM

const gov_code_set gov_service_sets[] = {
    {"street_type", "乡级类型（区划代码第 7 位）", "type of a street-level division (digit 7)",
     "statistical division codes", GOV_SET_ITEMS(street_type)},
    {"urban_rural", "城乡分类", "urban and rural classes", "statistical division codes",
     GOV_SET_ITEMS(urban_rural)},
    {"component_class", "部件大类", "big class of components", "GB/T 30428.2",
     GOV_SET_ITEMS(component_class)},
    {"component_class_214", "部件大类（旧）", "big class of components, older", "CJ/T 214-2007",
     GOV_SET_ITEMS(component_class_214)},
    {"event_class", "事件大类", "big class of events", "GB/T 30428.2", GOV_SET_ITEMS(event_class)},
    {"event_scale", "事件规模", "scale of an event", "GB/T 31000-2015", GOV_SET_ITEMS(event_scale)},
    {"discovery_channel", "发现渠道", "channel of discovery", "libgovcore", GOV_SET_ITEMS(discovery_channel)},
    {"case_stage", "案卷环节", "stage of a case",
     "names: local rules of city management (Fugou 2019, Fuzhou 2013); codes: libgovcore",
     GOV_SET_ITEMS(case_stage)},
    {"limit_unit", "时限单位", "unit of a limit", "libgovcore", GOV_SET_ITEMS(limit_unit)},
    {"warning_level", "预警级别", "warning level", "Emergency Response Law", GOV_SET_ITEMS(warning_level)},
    {"service_rating", "好差评", "service rating", "GB/T 39734, GB/T 39735", GOV_SET_ITEMS(service_rating)},
    {"assistance_layer", "低收入人口类别", "layer of the low-income population",
     "mappings of implementers; codes: libgovcore", GOV_SET_ITEMS(assistance_layer)},
    {"credit_authority", "登记管理部门", "registering authority (first character of the credit code)",
     "GB 32100-2015", GOV_SET_ITEMS(credit_authority)},
    {"position_accuracy", "定位精度", "accuracy of a position", "implementations of GB/T 30428",
     GOV_SET_ITEMS(position_accuracy)},
    {NULL, NULL, NULL, NULL, NULL, 0},
};
