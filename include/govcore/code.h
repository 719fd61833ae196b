/* code.h - identifiers and code sets of grassroots governance, masks, pseudonyms and the working calendar.
 *
 * Every refusal says why: a gov_refusal, the position of the character in question (from 1, in err->column)
 * and a sentence. No message ever repeats the text that was refused: it may be personal.
 *
 *     gov_error err = GOV_ERROR_INIT;
 *     gov_citizen_id id = GOV_CITIZEN_ID_INIT;
 *     if (gov_citizen_id_parse("110105194912310021", -1, NULL, &id, &err) != GOV_OK)
 *         printf("%lld: %s\n", (long long)err.column, err.message);
 *         18: the check digit does not fit: the characters before it give X
 *
 * Texts: `size` is in bytes, -1 means up to the zero byte; texts are UTF-8.
 * Threads: all functions may be called from any thread; handles are immutable and may be shared.
 * Facts that no public text of a standard confirms are marked PROPOSED or carry the certainty S or R. */
#ifndef GOVCORE_CODE_H
#define GOVCORE_CODE_H

#include "govcore/base.h"
#include "govcore/table.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --- Reasons -----------------------------------------------------------------------------------------
 * Why a code is refused. The values are part of the ABI. gov_refusal_status is the status that a parser
 * returns for it; gov_refusal_name is its name in tables ("check_digit"); gov_refusal_text a sentence in "zh"
 * or "en" (any other value: English). All texts are static. */
typedef enum gov_refusal {
    /* GOV_OK */
    GOV_REFUSAL_NONE = 0, /* the code is accepted */
    /* GOV_E_MISSING */
    GOV_REFUSAL_EMPTY = 1, /* there is no text */
    /* GOV_E_FORMAT */
    GOV_REFUSAL_LENGTH = 2,     /* too few or too many characters */
    GOV_REFUSAL_SPACE = 3,      /* a space, tab or line break before, within or behind */
    GOV_REFUSAL_WIDE = 4,       /* a full-width digit or letter */
    GOV_REFUSAL_LOWER_CASE = 5, /* a lower-case letter where the standard has capitals */
    GOV_REFUSAL_CHARACTER = 6,  /* a character that may not stand here */
    GOV_REFUSAL_OLD_FORM = 7,   /* the 15 digits of 1989 */
    /* GOV_E_RANGE */
    GOV_REFUSAL_DIVISION = 8,    /* no division: unknown province, or a part below an empty part */
    GOV_REFUSAL_STREET_TYPE = 9, /* digit 7 of a division is not 0 to 5 */
    GOV_REFUSAL_LEVEL = 10,      /* the division is not of the level that is needed */
    GOV_REFUSAL_SEQUENCE = 11,   /* a sequence number of zeros */
    GOV_REFUSAL_CLASS = 12,      /* a big class or subclass of zeros */
    GOV_REFUSAL_DATE = 13,       /* the birth date is not a day of the calendar */
    GOV_REFUSAL_DATE_LATE = 14,  /* born after the latest date allowed */
    GOV_REFUSAL_DATE_EARLY = 15, /* born before the earliest date allowed */
    /* GOV_E_CHECK_DIGIT */
    GOV_REFUSAL_CHECK_DIGIT = 16,       /* the check digit does not fit */
    GOV_REFUSAL_INNER_CHECK_DIGIT = 17, /* that of the organisation code inside does not fit */
    /* GOV_E_UNKNOWN_NAME */
    GOV_REFUSAL_UNKNOWN_CODE = 18 /* not in the code set */
} gov_refusal;

GOV_API gov_status gov_refusal_status(gov_refusal reason);
GOV_API const char *gov_refusal_name(gov_refusal reason);
GOV_API const char *gov_refusal_text(gov_refusal reason, const char *language);

/* --- Citizen id: GB 11643-1999 -----------------------------------------------------------------------
 * 18 characters: 6 division, 8 birth date, 3 sequence (odd: male), 1 check by ISO 7064 MOD 11-2.
 *
 * Refused in this order: length and characters (first the leftmost), province, birth date, check digit. The
 * two digits of the province must be one of GB/T 2260 (or 83, residence permits of Taiwan residents); the
 * other four are not looked up, because ids keep the divisions of their day.
 * Lower-case x and the 15 digits of 1989 (6 + 6 + 3, no century, no check digit) are refused with reasons of
 * their own, unless the options accept them; then `text` holds the capital X or the 18 characters.
 * `out` may be NULL. Errors: those of gov_refusal, with err->column and err->name = "citizen_id";
 * GOV_E_ARGUMENT for options that are no dates. */
typedef struct gov_citizen_id_options {
    uint32_t struct_size;
    int32_t accept_lower_x;      /* 1: x counts as X */
    int32_t accept_15;           /* 1: 15 digits are upgraded with the century 19 */
    const char *born_not_after;  /* a date such as "2021-07-01"; NULL: no bound */
    const char *born_not_before; /* NULL: no bound */
} gov_citizen_id_options;

#define GOV_CITIZEN_ID_OPTIONS_INIT                                \
    {                                                              \
        (uint32_t)sizeof(gov_citizen_id_options), 0, 0, NULL, NULL \
    }

typedef struct gov_citizen_id {
    uint32_t struct_size; /* sizeof(gov_citizen_id), set by GOV_CITIZEN_ID_INIT */
    int32_t birth;        /* days since 1970-01-01 */
    int32_t sex;          /* GB/T 2261.1: 1 male, 2 female */
    int32_t upgraded;     /* 1: from the 15 digits of 1989 */
    char division[7];     /* 6 digits of GB/T 2260 */
    char text[19];        /* the 18 characters */
} gov_citizen_id;

#define GOV_CITIZEN_ID_INIT                               \
    {                                                     \
        (uint32_t)sizeof(gov_citizen_id), 0, 0, 0, "", "" \
    }

GOV_API gov_status gov_citizen_id_parse(const char *text, int64_t size, const gov_citizen_id_options *options,
                                        gov_citizen_id *out, gov_error *err);
/* The check character of the first 17 digits ('0' to '9' or 'X'); 0 if they are not 17 digits. */
GOV_API char gov_citizen_id_check(const char *text, int64_t size);
/* Age in completed years on the day `on`; someone born on 29 February is a year older on 1 March of a common
 * year. GOV_E_RANGE if the person is born later. */
GOV_API gov_status gov_citizen_id_age(const gov_citizen_id *id, int32_t on, int32_t *years, gov_error *err);

/* --- Unified social credit code: GB 32100-2015 -------------------------------------------------------
 * 18 characters of the alphabet 0-9 A-Z without I O S V Z: 1 registering authority, 1 entity type,
 * 6 division, 9 organisation code (GB 11714, with a check of its own), 1 check modulo 31.
 * The division must be digits with a province of GB/T 2260, or 100000 (registered nationally, certainty R).
 * Errors: those of gov_refusal, with err->column and err->name = "credit_code". `out` may be NULL. */
typedef struct gov_credit_code_options {
    uint32_t struct_size;
    int32_t accept_lower_case; /* 1: letters of either case; `text` holds capitals */
    int32_t skip_inner_check;  /* 1: the organisation code's own check digit is not looked at */
} gov_credit_code_options;

#define GOV_CREDIT_CODE_OPTIONS_INIT                    \
    {                                                   \
        (uint32_t)sizeof(gov_credit_code_options), 0, 0 \
    }

typedef struct gov_credit_code {
    uint32_t struct_size;  /* sizeof(gov_credit_code), set by GOV_CREDIT_CODE_INIT */
    char authority[2];     /* see the code set "credit_authority" */
    char type[2];          /* kind of entity within the authority */
    char division[7];      /* 6 digits */
    char organisation[10]; /* 9 characters of GB 11714 */
    char text[19];         /* the 18 characters */
} gov_credit_code;

#define GOV_CREDIT_CODE_INIT                                  \
    {                                                         \
        (uint32_t)sizeof(gov_credit_code), "", "", "", "", "" \
    }

GOV_API gov_status gov_credit_code_parse(const char *text, int64_t size,
                                         const gov_credit_code_options *options, gov_credit_code *out,
                                         gov_error *err);
/* The check characters that the first 17, or the first 8, characters call for; 0 if those are not of the
 * alphabet (GB 11714 allows all capitals and digits). */
GOV_API char gov_credit_code_check(const char *text, int64_t size);
GOV_API char gov_organisation_code_check(const char *text, int64_t size);

/* --- Divisions: GB/T 2260 and the statistical codes --------------------------------------------------
 * 2 province, 4 prefecture, 6 county, 9 street, 12 community digits; a longer code may end in zeros, so
 * "310104", "310104000" and "310104000000" are the same county. A lower part below an empty one is a gap and
 * refused, save for prefectures without counties (441900003, a street of Dongguan). Digit 7 must be 0 to 5.
 * Codes are not looked up: whether a division exists on a date is the store's knowledge.
 * Errors: those of gov_refusal, with err->column and err->name = "division". `out` may be NULL.
 * Source: rule of the statistical codes (6 + 3 + 3, digit 7), certainty C; 4 and 5 are read as quasi-units
 * together; the reading of 2 and 3 as townships and of 0 and 1 as streets and towns is certain. */
typedef enum gov_level {
    GOV_LEVEL_PROVINCE = 1,
    GOV_LEVEL_PREFECTURE = 2,
    GOV_LEVEL_COUNTY = 3,
    GOV_LEVEL_STREET = 4,   /* street, town, township or quasi-unit */
    GOV_LEVEL_COMMUNITY = 5 /* residents' or village committee */
} gov_level;

typedef enum gov_street_type {
    GOV_STREET_NONE = 0,     /* the division is above the streets */
    GOV_STREET_STREET = 1,   /* 0: 街道 */
    GOV_STREET_TOWN = 2,     /* 1: 镇 */
    GOV_STREET_TOWNSHIP = 3, /* 2 and 3: 乡 */
    GOV_STREET_QUASI = 4     /* 4 and 5: 类似乡级单位, no street: development zones, farms */
} gov_street_type;

typedef struct gov_division {
    uint32_t struct_size; /* sizeof(gov_division), set by GOV_DIVISION_INIT */
    int32_t level;        /* gov_level */
    int32_t street_type;  /* gov_street_type */
    char code[13];        /* the digits of its level: 2, 4, 6, 9 or 12 */
    char full[13];        /* 12 digits, filled with zeros */
    char parent[13];      /* the digits of the next higher division; "" for a province */
} gov_division;

#define GOV_DIVISION_INIT                                \
    {                                                    \
        (uint32_t)sizeof(gov_division), 0, 0, "", "", "" \
    }

GOV_API gov_status gov_division_parse(const char *text, int64_t size, gov_division *out, gov_error *err);

/* --- Grid codes --------------------------------------------------------------------------------------
 * No public text fixes one grid code for the country, so a code is read by a profile (PROPOSED):
 *   COMMUNITY12  the community itself is the grid: 12 digits
 *   CELL15       management cell: 12 digits of the community + sequence 001 to 999 (CJ/T 213, GB/T 30428.1)
 *   CJT349_20    6 object class + 6 county + 3 street + 3 community (601 and up: merged) + 2 sequence, 00 if
 *                the community is not divided (CJ/T 349-2010)
 *   CUSTOM       12 digits of the community + `sequence_digits` digits, not all zero
 * parent: a cell's community, a community's street; a CJ/T 349 grid without sequence has its street, and so
 * has one of a merged community, which is no division.
 * Errors: those of gov_refusal, with err->column and err->name = "grid_code"; GOV_E_ARGUMENT for an unknown
 * profile or sequence_digits outside 1 to 18 with CUSTOM. `out` may be NULL. */
typedef enum gov_grid_profile {
    GOV_GRID_COMMUNITY12 = 1,
    GOV_GRID_CELL15 = 2,
    GOV_GRID_CJT349_20 = 3,
    GOV_GRID_CUSTOM = 4
} gov_grid_profile;

typedef struct gov_grid_code {
    uint32_t struct_size; /* sizeof(gov_grid_code), set by GOV_GRID_CODE_INIT */
    int32_t profile;      /* gov_grid_profile */
    int32_t merged;       /* 1: the community part is a merged one (CJT349_20, 601 and up) */
    int64_t sequence;     /* 0: none */
    char object[7];       /* CJT349_20: the 6 digits of the managed object, else "" */
    char community[13];   /* 12 digits */
    char parent[13];      /* the division above: 12 or 9 digits */
    char text[33];
} gov_grid_code;

#define GOV_GRID_CODE_INIT                                       \
    {                                                            \
        (uint32_t)sizeof(gov_grid_code), 0, 0, 0, "", "", "", "" \
    }

GOV_API gov_status gov_grid_code_parse(const char *text, int64_t size, gov_grid_profile profile,
                                       int32_t sequence_digits, gov_grid_code *out, gov_error *err);
/* The other way round, to number new grids: out->text and the rest from a community (12 digits), a sequence (0
 * where the profile has none) and, for CJT349_20, an object (6 digits; else NULL). Errors as above, and
 * GOV_E_RANGE for a sequence that does not fit its digits. */
GOV_API gov_status gov_grid_code_make(gov_grid_profile profile, int32_t sequence_digits, const char *object,
                                      const char *community, int64_t sequence, gov_grid_code *out,
                                      gov_error *err);

/* --- Component and event codes -----------------------------------------------------------------------
 * Components (部件), 16 digits:   GBT30428  6 county + 2 big class + 3 subclass + 5 sequence (certainty S)
 *                                CJT214    6 county + 2 big class + 2 subclass + 6 sequence (certainty R)
 * Event classes (事件):           GBT30428  2 big class + 3 subclass (S)
 *                                CJT214    6 county + 2 big class + 2 subclass (R)
 * Big class and subclass must not be 0; with GBT30428 a subclass from 080 on is a local extension. The names
 * of the big classes are the code sets "component_class", "component_class_214" and "event_class".
 * Errors: those of gov_refusal, err->name = "component_code" or "event_class"; GOV_E_ARGUMENT for an unknown
 * profile. `out` may be NULL. */
typedef enum gov_object_profile { GOV_OBJECT_GBT30428 = 1, GOV_OBJECT_CJT214 = 2 } gov_object_profile;

typedef struct gov_object_code {
    uint32_t struct_size; /* sizeof(gov_object_code), set by GOV_OBJECT_CODE_INIT */
    int32_t profile;      /* gov_object_profile */
    int32_t extension;    /* 1: a local subclass (080 to 999) */
    int64_t sequence;     /* 0: none (event classes) */
    char division[7];     /* 6 digits, or "" */
    char big_class[3];
    char subclass[4];
    char text[17];
} gov_object_code;

#define GOV_OBJECT_CODE_INIT                                       \
    {                                                              \
        (uint32_t)sizeof(gov_object_code), 0, 0, 0, "", "", "", "" \
    }

GOV_API gov_status gov_component_code_parse(const char *text, int64_t size, gov_object_profile profile,
                                            gov_object_code *out, gov_error *err);
GOV_API gov_status gov_event_class_parse(const char *text, int64_t size, gov_object_profile profile,
                                         gov_object_code *out, gov_error *err);

/* --- Whole columns -----------------------------------------------------------------------------------
 * gov_code_check reads the utf8 column `column` as codes of one kind and gives a table:
 *   row         int64  row of the input, from 0
 *   valid       bool   missing if the cell is missing
 *   reason      utf8   gov_refusal_name; missing if the code is accepted or the cell is missing
 *   position    int64  of the character in question, from 1; missing likewise
 *   message_zh, message_en  utf8  one sentence; missing likewise
 * with one row for every row of the input, or with `refused_only` for the refused ones alone.
 * Errors: GOV_E_UNKNOWN_NAME no such column or code set; GOV_E_TYPE the column is not utf8; GOV_E_ARGUMENT;
 * GOV_E_CANCELLED. */
typedef enum gov_code_kind {
    GOV_CODE_CITIZEN_ID = 1,
    GOV_CODE_CREDIT_CODE = 2,
    GOV_CODE_DIVISION = 3,
    GOV_CODE_GRID_CODE = 4,
    GOV_CODE_COMPONENT_CODE = 5,
    GOV_CODE_EVENT_CLASS = 6,
    GOV_CODE_SET = 7 /* a code of the set options.set */
} gov_code_kind;

typedef struct gov_code_options {
    uint32_t struct_size;
    int32_t threads;                            /* default 1 */
    int32_t refused_only;                       /* 1: only rows that are refused */
    int32_t level;                              /* DIVISION: the level that is needed; 0: any */
    int32_t grid_profile;                       /* GRID_CODE: a gov_grid_profile; default CELL15 */
    int32_t sequence_digits;                    /* GRID_CODE with CUSTOM */
    int32_t object_profile;                     /* a gov_object_profile; default GBT30428 */
    const char *set;                            /* SET: its name */
    const gov_citizen_id_options *citizen_id;   /* may be NULL */
    const gov_credit_code_options *credit_code; /* may be NULL */
    gov_run *run;                               /* may be NULL */
} gov_code_options;

#define GOV_CODE_OPTIONS_INIT                                                        \
    {                                                                                \
        (uint32_t)sizeof(gov_code_options), 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL \
    }

GOV_API gov_status gov_code_check(const gov_table *table, const char *column, gov_code_kind kind,
                                  const gov_code_options *options, gov_table **out, gov_error *err);

/* What citizen ids say, one row for each row of the input; all missing where the id is missing or refused:
 *   id utf8 (18 characters), division utf8, birth date, sex int64 (GB/T 2261.1), and `age` int64 in completed
 * years on the day `as_of` ("2021-07-01"; NULL: no such column; missing for those born later). Errors as
 * above. */
GOV_API gov_status gov_citizen_id_table(const gov_table *table, const char *column,
                                        const gov_citizen_id_options *options, const char *as_of,
                                        gov_table **out, gov_error *err);

/* --- Code sets ---------------------------------------------------------------------------------------
 * Permitted values with their names, as data. Sets: gov_code_sets lists them (set, title_zh, title_en, source,
 * items). certainty: "C" confirmed in the source, "S" seen in an implementation that follows it, "R" recalled
 * and to be verified before it decides anything, "P" proposed by this project.
 * lookup: GOV_E_UNKNOWN_NAME with the set or the code in err->name. *out is static.
 * items: the table set, code, zh, en, source, certainty of one set, or of all with set = NULL. */
typedef struct gov_code_item {
    const char *set;
    const char *code;
    const char *zh;
    const char *en;
    const char *source;
    const char *certainty;
} gov_code_item;

GOV_API gov_status gov_code_lookup(const char *set, const char *code, const gov_code_item **out,
                                   gov_error *err);
GOV_API gov_status gov_code_items(const char *set, gov_table **out, gov_error *err);
GOV_API gov_status gov_code_sets(gov_table **out, gov_error *err);

/* Warning levels of the emergency response law; 1 is the highest. The code set "warning_level". */
typedef enum gov_warning_level {
    GOV_WARNING_RED = 1,
    GOV_WARNING_ORANGE = 2,
    GOV_WARNING_YELLOW = 3,
    GOV_WARNING_BLUE = 4
} gov_warning_level;

/* The three views of a household (PROPOSED; GB/T 31000 has no household). The code set "household_view". */
typedef enum gov_household_view {
    GOV_HOUSEHOLD_REGISTERED = 1, /* 户籍户: one household register */
    GOV_HOUSEHOLD_DWELLING = 2,   /* 居住户: one dwelling */
    GOV_HOUSEHOLD_ASSISTANCE = 3  /* 救助家庭: living together, counted together for assistance */
} gov_household_view;

/* --- Masks -------------------------------------------------------------------------------------------
 * A text with part of it hidden, for people to look at; forms are those commonly published, the choice is
 * PROPOSED. A mask never fails to hide: a text that is too short for its mask is hidden whole.
 *   CITIZEN_ID  first 6 and last 4; strict: first and last 1
 *   PHONE       first 3 and last 4; strict: last 4
 *   NAME        the surname: 1 character, 2 with a compound surname and at least 3 characters; of two, the
 *               first; characters, not bytes
 *   ADDRESS     up to the street, town or township, or if it names none, or strict, up to the county; then six
 *               stars; nothing behind a digit or a road is ever shown
 *   BIRTH       a date as "2021-07-01" or "20210701" becomes its five years, "2020–2024"; band_years says
 *               how many; 1 gives "2021". Another text gives six stars
 *   ACCOUNT     last 4          PLATE  first 2 and last 2; strict: 1 and 1
 *   TEXT        keep_first and keep_last characters
 * keep_first, keep_last: characters that stay, instead of the mask's own (0: its own; -1: none).
 *
 * Writes to `out` (out_size bytes) with a zero byte and sets *length to the bytes of the whole text without
 * it. If it does not fit, or out is NULL, nothing but an empty text is written; ask, then call again.
 * Errors: GOV_E_ENCODING text that is not UTF-8; GOV_E_ARGUMENT. */
typedef enum gov_mask_kind {
    GOV_MASK_TEXT = 0,
    GOV_MASK_CITIZEN_ID = 1,
    GOV_MASK_PHONE = 2,
    GOV_MASK_NAME = 3,
    GOV_MASK_ADDRESS = 4,
    GOV_MASK_BIRTH = 5,
    GOV_MASK_ACCOUNT = 6,
    GOV_MASK_PLATE = 7
} gov_mask_kind;

typedef struct gov_mask_options {
    uint32_t struct_size;
    int32_t strict;
    int32_t keep_first;
    int32_t keep_last;
    int32_t band_years; /* BIRTH; default 5 */
} gov_mask_options;

#define GOV_MASK_OPTIONS_INIT                          \
    {                                                  \
        (uint32_t)sizeof(gov_mask_options), 0, 0, 0, 0 \
    }

/* The kind by its name ("citizen_id", "phone" …): GOV_E_UNKNOWN_NAME for another. */
GOV_API gov_status gov_mask_kind_parse(const char *name, gov_mask_kind *kind, gov_error *err);
GOV_API gov_status gov_mask(gov_mask_kind kind, const char *text, int64_t size,
                            const gov_mask_options *options, char *out, int64_t out_size, int64_t *length,
                            gov_error *err);
/* A table of one column of the same name and length, masked; missing stays missing. */
GOV_API gov_status gov_mask_column(const gov_table *table, const char *column, gov_mask_kind kind,
                                   const gov_mask_options *options, gov_table **out, gov_error *err);

/* --- Pseudonyms --------------------------------------------------------------------------------------
 * A keyed code in place of an identifier, so that tables can be joined without it: HMAC-SHA-256 (RFC 2104,
 * FIPS 198-1) or HMAC-SM3 (GM/T 0042), by OpenSSL. The same key, label and bytes give the same pseudonym;
 * without the key none can be made or tested. The text is taken as it is: write identifiers in one form
 * first (gov_citizen_id.text).
 *
 * What is hashed: "govcore pseudonym 1", a zero byte, the length of `domain` (8 bytes, big-endian), domain,
 * text. `domain` is a label of 0 to 64 bytes that separates purposes: two labels, two unrelated codes.
 * key: 32 to 1024 bytes, random, kept by the caller; the handle holds a copy, which free wipes.
 * Errors: GOV_E_ARGUMENT key or label of another length, unknown algorithm, encoding or bytes;
 * GOV_E_UNSUPPORTED the OpenSSL at hand has no SM3. */
typedef enum gov_mac_algorithm { GOV_MAC_HMAC_SHA256 = 0, GOV_MAC_HMAC_SM3 = 1 } gov_mac_algorithm;
typedef enum gov_mac_encoding {
    GOV_MAC_BASE32 = 0, /* RFC 4648 capitals and digits without padding: 16 bytes give 26 characters */
    GOV_MAC_HEX = 1     /* lower case: 16 bytes give 32 characters */
} gov_mac_encoding;

typedef struct gov_pseudonym_options {
    uint32_t struct_size;
    int32_t algorithm; /* gov_mac_algorithm */
    int32_t encoding;  /* gov_mac_encoding */
    int32_t bytes;     /* leading bytes of the MAC that are kept, 10 to 32; default 16 */
} gov_pseudonym_options;

#define GOV_PSEUDONYM_OPTIONS_INIT                       \
    {                                                    \
        (uint32_t)sizeof(gov_pseudonym_options), 0, 0, 0 \
    }

typedef struct gov_pseudonym gov_pseudonym;
GOV_API gov_status gov_pseudonym_new(const void *key, int64_t key_size, const char *domain,
                                     const gov_pseudonym_options *options, gov_pseudonym **out,
                                     gov_error *err);
GOV_API void gov_pseudonym_free(gov_pseudonym *pseudonym);
/* Writes as gov_mask does; 65 bytes are enough for every choice of options. */
GOV_API gov_status gov_pseudonym_make(const gov_pseudonym *pseudonym, const char *text, int64_t size,
                                      char *out, int64_t out_size, int64_t *length, gov_error *err);
/* A table of one column of the same name and length; missing stays missing. */
GOV_API gov_status gov_pseudonym_column(const gov_pseudonym *pseudonym, const gov_table *table,
                                        const char *column, gov_table **out, gov_error *err);

/* --- Publishing tables -------------------------------------------------------------------------------
 * gov_suppress hides the small counts of a table of counts by two keys that is published with its totals, and
 * as many others as are needed so that no hidden count can be computed from what is shown.
 *
 * table: one row a cell: `row` and `column` utf8 (`column` NULL: the table has one column), `count` an
 * integer >= 0. Cells that are absent count 0. Counts of 1 to threshold - 1, totals too, are hidden; 0 is
 * shown. Each hidden cell is a corner of a rectangle of hidden cells that are not 0, so it could be one more
 * or one less; of all rectangles the one that hides least is taken. This protects against computing a count,
 * not against a narrow range of it, nor against several tables that are published about the same people.
 *
 * *out, for every cell and every total, keys in the order of their first row, totals behind: row utf8 and
 * column utf8 (missing: total), count int64 (missing: hidden), why utf8 ("small", "complement"; not to be
 * published: it narrows the range). Without `column` the columns column and row totals are left out.
 * Errors: GOV_E_UNKNOWN_NAME, GOV_E_TYPE; GOV_E_MISSING, GOV_E_RANGE (a negative count, a total over 2^62),
 * GOV_E_DUPLICATE (a cell that stands twice) with err->row; GOV_E_ARGUMENT; GOV_E_CANCELLED.
 * Cost: hidden cells × cells. Threshold PROPOSED; the rectangles are the hypercube method in two dimensions, the
 * hiding of complements goes back to Cox (1980), Journal of the American Statistical Association 75, 377-385. */
typedef struct gov_suppress_options {
    uint32_t struct_size;
    int64_t threshold; /* the smallest count that is shown; default 5, at least 2 */
    gov_run *run;      /* may be NULL */
} gov_suppress_options;

#define GOV_SUPPRESS_OPTIONS_INIT                       \
    {                                                   \
        (uint32_t)sizeof(gov_suppress_options), 0, NULL \
    }

GOV_API gov_status gov_suppress(const gov_table *table, const char *row, const char *column,
                                const char *count, const gov_suppress_options *options, gov_table **out,
                                gov_error *err);

/* How many rows share the values of the columns `names` (quasi-identifiers: year of birth, sex, grid …), for
 * each row of the table: class int64 (numbered by first row), size int64 (k-anonymity is the least of them) and
 * with `sensitive` also distinct int64 (different values of that column in the class, missing being one;
 * l-diversity is the least of them). Missing is a value like any other, so are 0.0 and -0.0 one.
 * Errors: GOV_E_UNKNOWN_NAME, GOV_E_ARGUMENT (no names). */
GOV_API gov_status gov_anonymity(const gov_table *table, const char *const *names, int64_t count,
                                 const char *sensitive, gov_table **out, gov_error *err);

/* --- Working calendar --------------------------------------------------------------------------------
 * Which days and hours are worked, and arithmetic on them. Nothing about any year is built in: holidays and
 * shifted days (调休) are the caller's data.
 *
 * Times are microseconds since 1970-01-01T00:00 of the local clock, without zone.
 * week: bit 0 Monday to bit 6 Sunday; default 0x1F, Monday to Friday.
 * hours: stretches of a working day in order, "08:30-12:00,13:00-17:30"; default "09:00-17:00" (PROPOSED).
 * urgent_hours: those in which urgent hours run, on every day, worked or not; default "00:00-24:00" (PROPOSED:
 *   no public text says what an urgent hour is).
 * exceptions: `days[i]` is worked if `working[i]` is not 0, whatever the week says. GOV_E_DUPLICATE if a day
 *   stands twice with both values, with err->row; GOV_E_FORMAT, GOV_E_RANGE hours that cannot be read. */
typedef struct gov_calendar gov_calendar;

typedef struct gov_calendar_options {
    uint32_t struct_size;
    int32_t week;
    const char *hours;
    const char *urgent_hours;
} gov_calendar_options;

#define GOV_CALENDAR_OPTIONS_INIT                             \
    {                                                         \
        (uint32_t)sizeof(gov_calendar_options), 0, NULL, NULL \
    }

GOV_API gov_status gov_calendar_new(const int32_t *days, const uint8_t *working, int64_t count,
                                    const gov_calendar_options *options, gov_calendar **out, gov_error *err);
/* Exceptions from a table with the columns day (date) and working (bool or integer); more columns do no harm.
 * GOV_E_MISSING with err->row for a missing cell. */
GOV_API gov_status gov_calendar_from_table(const gov_table *exceptions, const gov_calendar_options *options,
                                           gov_calendar **out, gov_error *err);
GOV_API void gov_calendar_free(gov_calendar *calendar);

GOV_API int gov_calendar_is_working(const gov_calendar *calendar, int32_t day);
/* Microseconds of one working day. */
GOV_API int64_t gov_calendar_day_length(const gov_calendar *calendar);
/* The n-th working day after `day`, which itself is not counted; n < 0: before it; n = 0: `day` itself.
 * GOV_E_RANGE beyond the years 0001 to 9999. */
GOV_API gov_status gov_calendar_add_days(const gov_calendar *calendar, int32_t day, int64_t n, int32_t *out,
                                         gov_error *err);
/* Working days after `from` up to and with `to`; negative if `to` is earlier. */
GOV_API int64_t gov_calendar_days_between(const gov_calendar *calendar, int32_t from, int32_t to);

/* What a limit is counted in (C2 of the case rules: kinds S, the arithmetic PROPOSED). */
typedef enum gov_limit_unit {
    GOV_LIMIT_URGENT_HOUR = 1,  /* 紧急工作时: hours of urgent_hours */
    GOV_LIMIT_WORKING_HOUR = 2, /* 工作时: hours of working time */
    GOV_LIMIT_WORKING_DAY = 3,  /* 工作日: whole working days; the day of the start is not counted */
    GOV_LIMIT_CLOCK_HOUR = 4    /* 自然小时: hours of the clock */
} gov_limit_unit;

/* When a limit of `amount` (>= 0) units that starts at `start` runs out: for hours, the first moment at which
 * so much time has been worked (the close of a day, not the opening of the next); for working days, the close
 * of the last one. amount 0 gives `start`. Fractions of hours are allowed, of days not (GOV_E_RANGE). */
GOV_API gov_status gov_calendar_deadline(const gov_calendar *calendar, int64_t start, double amount,
                                         gov_limit_unit unit, int64_t *out, gov_error *err);
/* Time that counts in `unit` between two moments, in microseconds, negative if `to` is earlier; for working
 * days as for working hours. */
GOV_API gov_status gov_calendar_elapsed(const gov_calendar *calendar, int64_t from, int64_t to,
                                        gov_limit_unit unit, int64_t *out, gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
