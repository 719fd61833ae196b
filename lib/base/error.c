/* error.c - filling a gov_error, and the names of the codes. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Copies at most size-1 bytes and never cuts a UTF-8 character in two. */
static void copy_text(char *out, size_t size, const char *text, int64_t length)
{
    if (text == NULL) {
        out[0] = '\0';
        return;
    }
    size_t n = length < 0 ? strlen(text) : (size_t)length;
    if (n > size - 1) {
        n = size - 1;
        while (n > 0 && ((unsigned char)text[n] & 0xC0u) == 0x80u)
            n--;
    }
    memcpy(out, text, n);
    out[n] = '\0';
}

/* Every failure of the library passes here: a breakpoint on this function finds it. */
static gov_status fail(gov_error *err, gov_status code, const gov_place *place, const char *format,
                       va_list arguments) __attribute__((format(printf, 4, 0)));
static gov_status fail(gov_error *err, gov_status code, const gov_place *place, const char *format,
                       va_list arguments)
{
    if (err == NULL || err->struct_size < sizeof(gov_error))
        return code;
    char message[sizeof(err->message) * 2];
    int length = vsnprintf(message, sizeof(message), format, arguments);
    err->code = code;
    err->row = place->row;
    err->line = place->line;
    err->column = place->column;
    err->extended = place->extended;
    copy_text(err->name, sizeof(err->name), place->name, place->name_size);
    copy_text(err->file, sizeof(err->file), place->file, -1);
    copy_text(err->message, sizeof(err->message), length < 0 ? format : message, -1);
    return code;
}

gov_status gov_fail(gov_error *err, gov_status code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    gov_place nowhere = GOV_NOWHERE;
    fail(err, code, &nowhere, format, arguments);
    va_end(arguments);
    return code;
}

gov_status gov_fail_at(gov_error *err, gov_status code, const gov_place *place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fail(err, code, place, format, arguments);
    va_end(arguments);
    return code;
}

gov_status gov_fail_memory(gov_error *err)
{
    return gov_fail(err, GOV_E_MEMORY, "not enough memory");
}

typedef struct status_words {
    const char *name;
    const char *en;
    const char *zh;
} status_words;

static const status_words words[] = {
    [GOV_OK] = {"GOV_OK", "success", "成功"},
    [GOV_E_MEMORY] = {"GOV_E_MEMORY", "not enough memory", "内存不足"},
    [GOV_E_ARGUMENT] = {"GOV_E_ARGUMENT", "wrong argument", "参数错误"},
    [GOV_E_TYPE] = {"GOV_E_TYPE", "wrong type", "类型不符"},
    [GOV_E_RANGE] = {"GOV_E_RANGE", "out of range", "超出范围"},
    [GOV_E_FORMAT] = {"GOV_E_FORMAT", "malformed text", "格式错误"},
    [GOV_E_ENCODING] = {"GOV_E_ENCODING", "wrong character encoding", "字符编码错误"},
    [GOV_E_UNKNOWN_NAME] = {"GOV_E_UNKNOWN_NAME", "unknown name", "未知名称"},
    [GOV_E_DUPLICATE] = {"GOV_E_DUPLICATE", "given twice", "重复"},
    [GOV_E_REFERENCE] = {"GOV_E_REFERENCE", "refers to nothing", "引用对象不存在"},
    [GOV_E_CHECK_DIGIT] = {"GOV_E_CHECK_DIGIT", "wrong check digit", "校验码不符"},
    [GOV_E_MISSING] = {"GOV_E_MISSING", "missing", "缺失"},
    [GOV_E_IO] = {"GOV_E_IO", "file cannot be read or written", "文件读写失败"},
    [GOV_E_STORE] = {"GOV_E_STORE", "database error", "数据库错误"},
    [GOV_E_CORRUPT] = {"GOV_E_CORRUPT", "damaged or altered", "数据损坏或被篡改"},
    [GOV_E_VERSION] = {"GOV_E_VERSION", "unsupported version", "版本不支持"},
    [GOV_E_CANCELLED] = {"GOV_E_CANCELLED", "cancelled", "已取消"},
    [GOV_E_SCOPE] = {"GOV_E_SCOPE", "outside the scope", "超出授权范围"},
    [GOV_E_CONFLICT] = {"GOV_E_CONFLICT", "contradicts what is recorded", "与已有记录冲突"},
    [GOV_E_LIMIT] = {"GOV_E_LIMIT", "over a bound", "超过上限"},
    [GOV_E_UNSUPPORTED] = {"GOV_E_UNSUPPORTED", "not supported", "暂不支持"},
    [GOV_E_NO_DATA] = {"GOV_E_NO_DATA", "too few data", "数据不足"},
    [GOV_E_INTERNAL] = {"GOV_E_INTERNAL", "internal error", "内部错误"},
};

static const status_words unknown_words = {"GOV_E_UNKNOWN", "unknown status", "未知状态"};

static const status_words *words_of(gov_status code)
{
    size_t i = (size_t)code;
    return i < sizeof(words) / sizeof(words[0]) ? &words[i] : &unknown_words;
}

const char *gov_status_name(gov_status code)
{
    return words_of(code)->name;
}

const char *gov_status_text(gov_status code, const char *language)
{
    const status_words *w = words_of(code);
    return language != NULL && strcmp(language, "zh") == 0 ? w->zh : w->en;
}
