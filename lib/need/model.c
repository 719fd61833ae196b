/* model.c - the life of a model, and what it says about itself. */
#include "need/model.h"

#include "base/embed.h"
#include "base/file.h"

#include <stdio.h>
#include <string.h>

extern const gov_embedded gov_need_models[];

enum { LARGEST_FILE = 8 * 1024 * 1024 };

static gov_status read_and_test(const char *text, int64_t size, const char *file, gov_need_model **out,
                                gov_error *err)
{
    gov_need_model *model = NULL;
    GOV_TRY(gov_need_model_read(text, size, file, &model, err));
    gov_status status = gov_need_model_run_tests(model, err);
    if (status == GOV_OK)
        *out = model;
    else
        gov_need_model_free(model);
    return status;
}

gov_status gov_need_model_parse(const char *text, int64_t size, const char *name, gov_need_model **out,
                                gov_error *err)
{
    if (text == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "text and out must be given");
    if (size > LARGEST_FILE)
        return gov_fail(err, GOV_E_LIMIT, "a model file has at most %d bytes", LARGEST_FILE);
    return read_and_test(text, size, name, out, err);
}

gov_status gov_need_model_load(const char *path, gov_need_model **out, gov_error *err)
{
    if (path == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "path and out must be given");
    char *data = NULL;
    int64_t size = 0;
    GOV_TRY(gov_file_read(path, LARGEST_FILE, &data, &size, err));
    gov_status status = read_and_test(data, size, path, out, err);
    gov_free(data);
    return status;
}

const char *gov_need_model_builtin_name(int64_t index)
{
    const gov_embedded *file = gov_need_models;
    while (file->name != NULL && index-- != 0)
        file++;
    return file->stem;
}

gov_status gov_need_model_builtin(const char *name, gov_need_model **out, gov_error *err)
{
    if (name == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "name and out must be given");
    for (const gov_embedded *file = gov_need_models; file->name != NULL; file++) {
        if (strcmp(name, file->stem) == 0)
            return read_and_test(file->text, file->size, file->name, out, err);
    }
    return gov_fail_at(err, GOV_E_UNKNOWN_NAME, GOV_AT_NAME(name), "there is no built-in model '%s'", name);
}

gov_need_model *gov_need_model_retain(const gov_need_model *model)
{
    /* The count of owners is the one part of a model that changes. */
    gov_need_model *shared = (gov_need_model *)(uintptr_t)model;
    if (shared != NULL)
        atomic_fetch_add(&shared->owners, 1);
    return shared;
}

void gov_need_model_free(gov_need_model *model)
{
    if (model == NULL || atomic_fetch_sub(&model->owners, 1) != 1)
        return;
    gov_free(model->nodes.list);
    gov_arena_clear(&model->arena);
    gov_free(model);
}

const char *gov_need_model_id(const gov_need_model *model)
{
    return model->id;
}

int64_t gov_need_model_version(const gov_need_model *model)
{
    return model->version;
}

const char *gov_need_model_fingerprint(const gov_need_model *model)
{
    return model->fingerprint;
}

int gov_need_param_by_day(const gov_need_param *param)
{
    return param->count > 1 || param->values[0].from != INT32_MIN || param->values[0].to != INT32_MAX;
}

const char *gov_need_label_text(gov_need_label label, const char *language)
{
    int zh = language != NULL && strcmp(language, "zh") == 0;
    if (zh)
        return label.zh[0] != '\0' ? label.zh : label.en;
    return label.en[0] != '\0' ? label.en : label.zh;
}

const char *gov_need_model_title(const gov_need_model *model, const char *language)
{
    return gov_need_label_text(model->title, language);
}

const char *gov_need_model_notice(const gov_need_model *model, const char *language)
{
    return gov_need_label_text(model->notice, language);
}

const char *gov_need_tier_id(const gov_need_model *model, int64_t rank)
{
    return rank == 0 ? "none" : model->tiers[rank - 1].id;
}

gov_status gov_need_model_denominator(const gov_need_model *model, const char *preset, int64_t *out,
                                      gov_error *err)
{
    const gov_need_weights *weights = NULL;
    if (model == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "model and out must be given");
    GOV_TRY(gov_need_weights_of(model, preset, &weights, err));
    *out = weights->denominator;
    return GOV_OK;
}
