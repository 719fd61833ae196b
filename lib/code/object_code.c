/* object_code.c - component codes and event classes: one layout of four parts, any of which may be absent. */
#include "code/object_code.h"

#include "code/division.h"
#include "code/form.h"

#include <string.h>

#define FIRST_EXTENSION 80 /* subclasses of GB/T 30428.2 from here on are local (certainty S) */

/* Digits of each part, in order. */
typedef struct layout {
    int64_t division;
    int64_t big_class;
    int64_t subclass;
    int64_t sequence;
} layout;

static const layout components[] = {[GOV_OBJECT_GBT30428] = {6, 2, 3, 5}, [GOV_OBJECT_CJT214] = {6, 2, 2, 6}};
static const layout events[] = {[GOV_OBJECT_GBT30428] = {0, 2, 3, 0}, [GOV_OBJECT_CJT214] = {6, 2, 2, 0}};

gov_status gov_object_profile_check(gov_object_profile profile, gov_error *err)
{
    if (profile == GOV_OBJECT_GBT30428 || profile == GOV_OBJECT_CJT214)
        return GOV_OK;
    return gov_fail(err, GOV_E_ARGUMENT, "%d is not a profile of component or event codes", (int)profile);
}

static gov_verdict check(const char *text, int64_t size, layout l)
{
    int64_t subclass = l.division + l.big_class;
    int64_t sequence = subclass + l.subclass;
    GOV_PASS(gov_form_whole(GOV_FORM_DIGITS, text, size, sequence + l.sequence));
    if (l.division > 0)
        GOV_PASS(gov_division_verdict(text, l.division, 0, NULL));
    if (gov_form_zeros(text, l.division, subclass))
        return GOV_REFUSED(GOV_REFUSAL_CLASS, l.division + 1, 0);
    if (gov_form_zeros(text, subclass, sequence))
        return GOV_REFUSED(GOV_REFUSAL_CLASS, subclass + 1, 0);
    if (l.sequence > 0 && gov_form_zeros(text, sequence, size))
        return GOV_REFUSED(GOV_REFUSAL_SEQUENCE, sequence + 1, 0);
    return GOV_ACCEPTED;
}

static void fill(gov_object_code *code, const char *text, gov_object_profile profile, layout l)
{
    int64_t subclass = l.division + l.big_class;
    int64_t sequence = subclass + l.subclass;
    memset(code, 0, sizeof(*code));
    code->struct_size = (uint32_t)sizeof(*code);
    code->profile = (int32_t)profile;
    code->extension =
        profile == GOV_OBJECT_GBT30428 && gov_form_number(text, subclass, sequence) >= FIRST_EXTENSION;
    code->sequence = gov_form_number(text, sequence, sequence + l.sequence);
    gov_form_copy(code->division, text, 0, l.division);
    gov_form_copy(code->big_class, text, l.division, subclass);
    gov_form_copy(code->subclass, text, subclass, sequence);
    gov_form_copy(code->text, text, 0, sequence + l.sequence);
}

static gov_verdict verdict(const char *text, int64_t size, gov_object_profile profile, layout l,
                           gov_object_code *code)
{
    GOV_PASS(check(text, size, l));
    if (code != NULL)
        fill(code, text, profile, l);
    return GOV_ACCEPTED;
}

gov_verdict gov_component_code_verdict(const char *text, int64_t size, gov_object_profile profile,
                                       gov_object_code *code)
{
    return verdict(text, size, profile, components[profile], code);
}

gov_verdict gov_event_class_verdict(const char *text, int64_t size, gov_object_profile profile,
                                    gov_object_code *code)
{
    return verdict(text, size, profile, events[profile], code);
}

typedef gov_verdict (*reader)(const char *text, int64_t size, gov_object_profile profile,
                              gov_object_code *code);

static gov_status parse(reader read, const char *name, const char *text, int64_t size,
                        gov_object_profile profile, gov_object_code *out, gov_error *err)
{
    gov_object_code code;
    size = gov_text_bytes(text, size);
    if (size < 0)
        return gov_fail(err, GOV_E_ARGUMENT, "a text must be given");
    GOV_TRY(gov_struct_check(out, err));
    GOV_TRY(gov_object_profile_check(profile, err));
    GOV_TRY(gov_verdict_fail(read(text, size, profile, &code), name, err));
    gov_struct_fill(out, &code, sizeof(code));
    return GOV_OK;
}

gov_status gov_component_code_parse(const char *text, int64_t size, gov_object_profile profile,
                                    gov_object_code *out, gov_error *err)
{
    return parse(gov_component_code_verdict, "component_code", text, size, profile, out, err);
}

gov_status gov_event_class_parse(const char *text, int64_t size, gov_object_profile profile,
                                 gov_object_code *out, gov_error *err)
{
    return parse(gov_event_class_verdict, "event_class", text, size, profile, out, err);
}
