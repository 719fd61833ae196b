/* csv_reader.c - cutting a CSV text into records.
 *
 * A piece of the file is scanned for the few bytes that mean something; what lies between them is copied to the
 * record's text in one go. Line and column are kept on the way, so that every field knows its place. */
#include "table/csv_reader.h"

#include "base/struct.h"
#include "base/utf8.h"
#include "table/csv_source.h"

#include <string.h>

enum { PIECE = 1 << 16, END = -1 };

struct gov_csv_reader {
    gov_csv_source *source;
    char delimiter;
    int64_t line; /* of the byte that comes next */
    int64_t column;
    int64_t at;
    int64_t end;
    char *text; /* of the record, its fields one after another */
    int64_t text_size;
    int64_t text_capacity;
    gov_csv_field *fields;
    int64_t *starts; /* of the fields in `text`, which may move while it grows */
    int64_t count;
    int64_t fields_capacity;
    int64_t starts_capacity;
    const gov_csv_fault *fault; /* of the last record that was refused */
    char piece[PIECE];
    unsigned char stops[256]; /* bytes that mean something outside quotes */
};

static gov_status read_options(const gov_csv_options *options, gov_csv_options *all, gov_error *err)
{
    GOV_TRY(gov_struct_read(all, sizeof(*all), options, err));
    if (all->delimiter == '\0')
        all->delimiter = ',';
    if ((unsigned char)all->delimiter >= 0x80 || strchr("\"\r\n", all->delimiter) != NULL)
        return gov_fail(err, GOV_E_ARGUMENT,
                        "the delimiter must be an ASCII character, not a quote or a line break");
    return GOV_OK;
}

static gov_status make_reader(gov_csv_source *source, char delimiter, gov_csv_reader **out, gov_error *err)
{
    gov_csv_reader *r = gov_alloc_zero(1, sizeof(*r));
    if (r == NULL) {
        gov_csv_source_close(source);
        return gov_fail_memory(err);
    }
    r->source = source;
    r->delimiter = delimiter;
    r->line = r->column = 1;
    r->stops[(unsigned char)delimiter] = 1;
    r->stops['"'] = r->stops['\n'] = r->stops['\r'] = r->stops[0] = 1;
    *out = r;
    return GOV_OK;
}

gov_status gov_csv_open(const char *path, const gov_csv_options *options, gov_csv_reader **out,
                        gov_error *err)
{
    gov_csv_options o;
    gov_csv_source *source;
    GOV_TRY(read_options(options, &o, err));
    GOV_TRY(gov_csv_source_open(path, o.encoding, &source, err));
    return make_reader(source, o.delimiter, out, err);
}

gov_status gov_csv_open_text(const char *text, int64_t size, const char *name, const gov_csv_options *options,
                             gov_csv_reader **out, gov_error *err)
{
    gov_csv_options o;
    gov_csv_source *source;
    GOV_TRY(read_options(options, &o, err));
    GOV_TRY(gov_csv_source_open_text(text, size, name, o.encoding, &source, err));
    return make_reader(source, o.delimiter, out, err);
}

void gov_csv_close(gov_csv_reader *reader)
{
    if (reader == NULL)
        return;
    gov_csv_source_close(reader->source);
    gov_free(reader->text);
    gov_free(reader->fields);
    gov_free(reader->starts);
    gov_free(reader);
}

const char *gov_csv_name(const gov_csv_reader *reader)
{
    return gov_csv_source_name(reader->source);
}

const char *gov_csv_encoding(const gov_csv_reader *reader)
{
    return gov_csv_source_encoding(reader->source);
}

int64_t gov_csv_line(const gov_csv_reader *reader)
{
    return reader->line;
}

void gov_csv_progress(const gov_csv_reader *reader, int64_t *done, int64_t *total)
{
    gov_csv_source_progress(reader->source, done, total);
}

/* What a record is refused for. */
static const gov_csv_fault too_long = {GOV_E_LIMIT, "the field is longer than 16 MiB; is a quote missing?",
                                       "字段超过 16 兆字节，可能缺少引号"};
static const gov_csv_fault zero_byte = {GOV_E_FORMAT, "a zero byte is not text", "含有零字节，不是文本"};
static const gov_csv_fault open_quote = {GOV_E_FORMAT, "the quote is never closed", "引号没有闭合"};
static const gov_csv_fault lone_quote = {
    GOV_E_FORMAT, "a lone quote: a field with quotes is enclosed in quotes and has them doubled",
    "单独的引号：含引号的字段应加引号，其中的引号应成双"};
static const gov_csv_fault too_wide = {GOV_E_LIMIT, "the record has more than 4096 fields",
                                       "一行超过 4096 个字段"};
static const gov_csv_fault behind_quote = {GOV_E_FORMAT, "there is text behind a closing quote",
                                           "闭合的引号后面还有文字"};
static const gov_csv_fault lone_return = {
    GOV_E_FORMAT, "a carriage return without a line feed; such a field must be in quotes",
    "回车后没有换行；这样的字段应加引号"};
static const gov_csv_fault not_utf8 = {GOV_E_ENCODING, "the text is not valid UTF-8",
                                       "不是有效的 UTF-8 文本"};
static const gov_csv_fault not_gb18030 = {GOV_E_ENCODING, "the text is not valid GB18030",
                                          "不是有效的 GB18030 文本"};

static gov_status fail_here(gov_csv_reader *r, const gov_csv_fault *what, int64_t line, int64_t column,
                            gov_error *err)
{
    gov_place place = GOV_NOWHERE;
    r->fault = what;
    place.file = gov_csv_name(r);
    place.line = line;
    place.column = column;
    return gov_fail_at(err, what->code, &place, "%s", what->en);
}

/* The byte that comes next, or END. */
static gov_status peek(gov_csv_reader *r, int *byte, gov_error *err)
{
    if (r->at == r->end) {
        r->at = r->end = 0;
        GOV_TRY(gov_csv_source_read(r->source, r->piece, PIECE, &r->end, err));
    }
    *byte = r->at == r->end ? END : (unsigned char)r->piece[r->at];
    return GOV_OK;
}

static void take_byte(gov_csv_reader *r)
{
    if (r->piece[r->at++] == '\n') {
        r->line++;
        r->column = 1;
    } else {
        r->column++;
    }
}

static gov_status append(gov_csv_reader *r, const char *bytes, int64_t size, gov_error *err)
{
    const gov_csv_field *field = &r->fields[r->count - 1];
    if (r->text_size - r->starts[r->count - 1] + size > GOV_CSV_LONGEST_FIELD)
        return fail_here(r, &too_long, field->line, field->column, err);
    void *text = r->text;
    gov_status status = gov_grow(&text, &r->text_capacity, r->text_size + size, 1, err);
    r->text = text;
    if (status == GOV_OK && size > 0)
        memcpy(r->text + r->text_size, bytes, (size_t)size);
    r->text_size += status == GOV_OK ? size : 0;
    return status;
}

/* Takes the bytes up to the next one that means something, or to the end of the piece. */
static gov_status take_plain(gov_csv_reader *r, int quoted, gov_error *err)
{
    int64_t i = r->at;
    if (quoted) {
        while (i < r->end && r->piece[i] != '"' && r->piece[i] != '\n' && r->piece[i] != '\0')
            i++;
    } else {
        while (i < r->end && !r->stops[(unsigned char)r->piece[i]])
            i++;
    }
    GOV_TRY(append(r, r->piece + r->at, i - r->at, err));
    r->column += gov_utf8_count(r->piece + r->at, i - r->at);
    r->at = i;
    return GOV_OK;
}

static gov_status fail_zero(gov_csv_reader *r, gov_error *err)
{
    return fail_here(r, &zero_byte, r->line, r->column, err);
}

/* The inside of quotes; the opening one is taken, the closing one is taken here. */
static gov_status take_quoted(gov_csv_reader *r, gov_error *err)
{
    gov_csv_field *field = &r->fields[r->count - 1];
    int byte;
    for (;;) {
        GOV_TRY(take_plain(r, 1, err));
        GOV_TRY(peek(r, &byte, err));
        if (byte == END)
            return fail_here(r, &open_quote, field->line, field->column, err);
        if (byte == '\0')
            return fail_zero(r, err);
        if (byte == '\n') {
            GOV_TRY(append(r, "\n", 1, err));
            take_byte(r);
        } else if (byte == '"') {
            take_byte(r);
            GOV_TRY(peek(r, &byte, err));
            if (byte != '"')
                return GOV_OK;
            GOV_TRY(append(r, "\"", 1, err));
            take_byte(r);
        }
    }
}

static gov_status take_unquoted(gov_csv_reader *r, gov_error *err)
{
    int byte;
    do {
        GOV_TRY(take_plain(r, 0, err));
        GOV_TRY(peek(r, &byte, err));
    } while (byte != END && !r->stops[byte]);
    if (byte == '"')
        return fail_here(r, &lone_quote, r->line, r->column, err);
    return byte == '\0' ? fail_zero(r, err) : GOV_OK;
}

static gov_status begin_field(gov_csv_reader *r, gov_error *err)
{
    if (r->count == GOV_CSV_MOST_FIELDS)
        return fail_here(r, &too_wide, r->line, r->column, err);
    void *fields = r->fields;
    void *starts = r->starts;
    gov_status status = gov_grow(&fields, &r->fields_capacity, r->count + 1, sizeof(*r->fields), err);
    r->fields = fields;
    if (status == GOV_OK)
        status = gov_grow(&starts, &r->starts_capacity, r->count + 1, sizeof(*r->starts), err);
    r->starts = starts;
    if (status != GOV_OK)
        return status;
    r->fields[r->count] = (gov_csv_field){.line = r->line, .column = r->column};
    r->starts[r->count++] = r->text_size;
    return GOV_OK;
}

/* The place of byte `at` of a field: as many characters on, and further in for each doubled quote. */
static gov_status fail_encoding(gov_csv_reader *r, const gov_csv_field *f, const char *text, int64_t at,
                                gov_error *err)
{
    int64_t line = f->line;
    int64_t column = f->column + f->quoted;
    for (int64_t i = 0; i < at; i += gov_utf8_length(text + i, at - i)) {
        column += text[i] == '"' && f->quoted ? 2 : 1;
        if (text[i] == '\n') {
            line++;
            column = 1;
        }
    }
    return fail_here(r, strcmp(gov_csv_encoding(r), "UTF-8") == 0 ? &not_utf8 : &not_gb18030, line, column,
                     err);
}

static gov_status finish_field(gov_csv_reader *r, gov_error *err)
{
    gov_csv_field *f = &r->fields[r->count - 1];
    f->size = r->text_size - r->starts[r->count - 1];
    if (f->size == 0)
        return GOV_OK;
    const char *text = r->text + r->starts[r->count - 1];
    int64_t bad = gov_utf8_invalid_at(text, f->size);
    return bad < 0 ? GOV_OK : fail_encoding(r, f, text, bad, err);
}

static gov_status take_field(gov_csv_reader *r, gov_error *err)
{
    int byte;
    GOV_TRY(begin_field(r, err));
    GOV_TRY(peek(r, &byte, err));
    if (byte != '"') {
        GOV_TRY(take_unquoted(r, err));
        return finish_field(r, err);
    }
    r->fields[r->count - 1].quoted = 1;
    take_byte(r);
    GOV_TRY(take_quoted(r, err));
    return finish_field(r, err);
}

/* What follows a field: a delimiter (*more), or the end of the record. */
static gov_status take_separator(gov_csv_reader *r, int *more, gov_error *err)
{
    int byte;
    GOV_TRY(peek(r, &byte, err));
    *more = byte == (unsigned char)r->delimiter;
    if (byte == END)
        return GOV_OK;
    int64_t column = r->column;
    if (*more || byte == '\n') {
        take_byte(r);
        return GOV_OK;
    }
    if (byte != '\r')
        return fail_here(r, &behind_quote, r->line, column, err);
    take_byte(r);
    GOV_TRY(peek(r, &byte, err));
    if (byte != '\n')
        return fail_here(r, &lone_return, r->line, column, err);
    take_byte(r);
    return GOV_OK;
}

static gov_status take_record(gov_csv_reader *r, gov_error *err)
{
    int more = 1;
    while (more) {
        GOV_TRY(take_field(r, err));
        GOV_TRY(take_separator(r, &more, err));
    }
    for (int64_t i = 0; i < r->count; i++)
        r->fields[i].text = r->fields[i].size == 0 ? "" : r->text + r->starts[i];
    return GOV_OK;
}

/* Goes to the next line; a further error will be met by the next call. */
static void skip_line(gov_csv_reader *r)
{
    int byte = 0;
    while (peek(r, &byte, NULL) == GOV_OK && byte != END) {
        take_byte(r);
        if (byte == '\n')
            return;
    }
}

gov_status gov_csv_next(gov_csv_reader *r, const gov_csv_field **fields, int64_t *count, gov_error *err)
{
    int byte;
    r->count = 0;
    r->text_size = 0;
    r->fault = NULL;
    GOV_TRY(peek(r, &byte, err));
    gov_status status = byte == END ? GOV_OK : take_record(r, err);
    if (status == GOV_E_FORMAT || status == GOV_E_ENCODING || status == GOV_E_LIMIT)
        skip_line(r);
    if (status != GOV_OK)
        return status;
    *fields = r->fields;
    *count = r->count;
    return GOV_OK;
}

const gov_csv_fault *gov_csv_last_fault(const gov_csv_reader *r)
{
    return r->fault;
}
