/* width.c - columns that text takes on a terminal.
 *
 * Ranges of width W and F are those of Unicode's EastAsianWidth.txt (15.1), neighbours joined; marks that
 * take no column are the combining and formatting ones met in Chinese and European text. */
#include "cli.h"

typedef struct range {
    uint32_t first;
    uint32_t last;
} range;

static const range wide[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x2329, 0x232a},   {0x23e9, 0x23ec},   {0x2e80, 0x303e},
    {0x3041, 0x3247},   {0x3250, 0x4dbf},   {0x4e00, 0xa4c6},   {0xa960, 0xa97c},   {0xac00, 0xd7a3},
    {0xf900, 0xfaff},   {0xfe10, 0xfe19},   {0xfe30, 0xfe6b},   {0xff01, 0xff60},   {0xffe0, 0xffe6},
    {0x16fe0, 0x18d08}, {0x1aff0, 0x1b2fb}, {0x1f200, 0x1f320}, {0x1f32d, 0x1f64f}, {0x1f680, 0x1f6fc},
    {0x1f900, 0x1faff}, {0x20000, 0x3fffd},
};

static const range narrow[] = {
    {0x0300, 0x036f}, {0x200b, 0x200f}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff},
};

static int within(const range *ranges, size_t count, uint32_t c)
{
    for (size_t i = 0; i < count; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return 1;
    return 0;
}

/* The character at `text` and its length in bytes; a stray byte counts as one character. */
static uint32_t read_character(const char *text, int size, int *length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    int more = bytes[0] >= 0xf0 ? 3 : bytes[0] >= 0xe0 ? 2 : bytes[0] >= 0xc0 ? 1 : 0;
    uint32_t c = more == 0 ? bytes[0] : bytes[0] & (0x3fu >> more);
    if (more >= size)
        more = 0;
    for (int i = 1; i <= more; i++)
        c = (c << 6) | (bytes[i] & 0x3fu);
    *length = more + 1;
    return c;
}

static int columns_of(uint32_t c)
{
    if (c < 0x300)
        return 1;
    if (within(narrow, sizeof(narrow) / sizeof(narrow[0]), c))
        return 0;
    return within(wide, sizeof(wide) / sizeof(wide[0]), c) ? 2 : 1;
}

int cli_fit(const char *text, int size, int columns)
{
    int at = 0;
    while (at < size) {
        int length;
        columns -= columns_of(read_character(text + at, size - at, &length));
        if (columns < 0)
            break;
        at += length;
    }
    return at;
}

int cli_width(const char *text, int size)
{
    int width = 0;
    int length;
    for (int at = 0; at < size; at += length)
        width += columns_of(read_character(text + at, size - at, &length));
    return width;
}
