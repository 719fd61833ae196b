/* mask_parts.c - surnames of two characters, and how far down an address goes.
 *
 * An address is read character by character up to the first digit or road; behind it nothing is public. A
 * county ends in 区, 县 or 旗, or else is the last 市; a street in 街道, a town in 镇, a township in 乡 or
 * 苏木. The same characters stand in names of cities and roads (镇江市, 景德镇市, 新镇路, 小区), so a town needs a
 * name before it, and what follows must not make it part of another word. Where this misjudges, it shows
 * less, not more. */
#include "code/mask_parts.h"

#include "base/utf8.h"

#include <string.h>

#define HAN 3 /* bytes of a common Chinese character in UTF-8 */

/* Those of the Hundred Family Surnames and the common later ones. */
static const char compound_surnames[] = "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫"
                                        "宗政濮阳公冶太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官"
                                        "司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕令狐段干百里呼延"
                                        "东郭南门羊舌微生梁丘左丘西门第五东里仲长即墨达奚褚师纳兰";

int gov_name_is_compound(const char *text, int64_t size)
{
    if (size <= 2 * HAN)
        return 0;
    for (size_t i = 0; i + 1 < sizeof(compound_surnames); i += 2 * HAN) {
        if (memcmp(text, compound_surnames + i, 2 * HAN) == 0)
            return 1;
    }
    return 0;
}

/* 1 if the Chinese character at `at` is one of `set`; outside the text it is none. */
static int is_one_of(const char *text, int64_t size, int64_t at, const char *set)
{
    if (at < 0 || at + HAN > size)
        return 0;
    for (; *set != '\0'; set += HAN) {
        if (memcmp(text + at, set, HAN) == 0)
            return 1;
    }
    return 0;
}

static int starts_with(const char *text, int64_t size, int64_t at, const char *word)
{
    int64_t length = (int64_t)strlen(word);
    return at + length <= size && memcmp(text + at, word, (size_t)length) == 0;
}

/* Digits of either width, and what roads, lanes and buildings end in. 街 alone is a road, 街道 is not. */
static int ends_the_public_part(const char *text, int64_t size, int64_t at)
{
    if ((text[at] >= '0' && text[at] <= '9') ||
        is_one_of(text, size, at, "路弄号巷栋幢室０１２３４５６７８９"))
        return 1;
    return is_one_of(text, size, at, "街") && !starts_with(text, size, at, "街道");
}

static int is_county(const char *text, int64_t size, int64_t at)
{
    if (is_one_of(text, size, at, "县旗"))
        return 1;
    return is_one_of(text, size, at, "区") && !is_one_of(text, size, at - HAN, "小社园校厂院景库");
}

/* The bytes of a street-level mark at `at`, behind a name that begins at `name`; 0: none. */
static int64_t street_mark(const char *text, int64_t size, int64_t at, int64_t name)
{
    if (at <= name)
        return 0;
    if (starts_with(text, size, at, "街道") || starts_with(text, size, at, "苏木"))
        return 2 * HAN;
    if (is_one_of(text, size, at, "镇乡") && !is_one_of(text, size, at + HAN, "市县区江路街大道巷弄"))
        return HAN;
    return 0;
}

int64_t gov_address_public_part(const char *text, int64_t size, int county_only)
{
    int64_t city = 0;   /* behind the last 市 */
    int64_t county = 0; /* behind the first county */
    int64_t name = 0;   /* where the name of the next level begins */
    for (int64_t at = 0; at < size && !ends_the_public_part(text, size, at);
         at += gov_utf8_length(text + at, size - at)) {
        int64_t mark = street_mark(text, size, at, name);
        if (mark > 0 && !county_only)
            return at + mark;
        if (mark > 0)
            break;
        if (is_one_of(text, size, at, "省市州盟") || is_county(text, size, at))
            name = at + HAN;
        if (is_one_of(text, size, at, "市"))
            city = at + HAN;
        if (county == 0 && is_county(text, size, at))
            county = at + HAN;
    }
    return county > 0 ? county : city;
}
