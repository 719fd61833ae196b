/* fields.c - the descriptors as a table, and new ones. */
#include "base/struct.h"
#include "store/change.h"
#include "store/query.h"

#include <string.h>

static gov_status fill(gov_stmt *stmt, gov_table **out, gov_error *err)
{
    gov_shape shape;
    GOV_TRY(gov_shape_new(gov_stmt_columns(stmt), &shape, err));
    for (int i = 0; i < shape.count; i++)
        shape.types[i] = GOV_TYPE_UTF8;
    shape.types[6] = GOV_TYPE_BOOL;
    gov_status status = gov_shape_all(&shape, stmt, NULL, out, err);
    gov_shape_free(&shape);
    return status;
}

gov_status gov_store_fields(gov_store *store, const char *kind, gov_table **out, gov_error *err)
{
    const gov_kind *known = NULL;
    gov_stmt *stmt = NULL;
    if (store == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store and out must be given");
    if (kind != NULL)
        GOV_TRY(gov_kinds_need(&store->kinds, kind, &known, err));
    GOV_TRY(gov_db_prepare(
        store->db,
        "SELECT f.kind, f.name, f.type, f.unit, f.code_set, CASE f.class WHEN 1 THEN 'public'"
        " WHEN 2 THEN 'internal' WHEN 3 THEN 'personal' ELSE 'sensitive' END AS class, f.required,"
        " f.refers AS \"references\", f.scheme, f.label_zh, f.label_en"
        " FROM main.field f JOIN main.kind k ON k.name = f.kind"
        " WHERE ?1 IS NULL OR f.kind = ?1 ORDER BY k.number, f.number",
        &stmt, err));
    gov_stmt_text(stmt, 1, kind, -1);
    gov_status status = fill(stmt, out, err);
    gov_stmt_free(stmt);
    return status;
}

/* --- A new field ------------------------------------------------------------------------------------------ */

static int is_name(const char *name)
{
    size_t size = strlen(name);
    return size > 0 && size < 64 && name[0] >= 'a' && name[0] <= 'z' &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == size;
}

static int is_reserved(const char *name)
{
    static const char *const taken[] = {"version", "key", "valid_from", "valid_to", "added", "ended", "salt"};
    for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++)
        if (strcmp(name, taken[i]) == 0)
            return 1;
    return 0;
}

static gov_status check_field(const gov_store *store, const gov_field *field, gov_error *err)
{
    const gov_kind *other = NULL;
    if (!is_name(field->name) || is_reserved(field->name))
        return gov_fail_at(
            err, GOV_E_FORMAT, GOV_AT_NAME(field->name),
            "a field's name is lower-case letters, digits and _, and not one of the store's own");
    if (gov_type_of_name(gov_type_name(field->type)) == GOV_TYPE_NULL)
        return gov_fail_at(err, GOV_E_TYPE, GOV_AT_NAME(field->name), "a field cannot be of type %s",
                           gov_type_name(field->type));
    if (field->references != NULL)
        GOV_TRY(gov_kinds_need(&store->kinds, field->references, &other, err));
    if (field->field_class < GOV_FIELDS_DEFAULT || field->field_class > GOV_FIELDS_SENSITIVE)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME(field->name), "field_class is not a field class");
    return GOV_OK;
}

static gov_status insert_field(gov_store *store, const char *kind, const gov_field *field, gov_error *err)
{
    gov_stmt *stmt = NULL;
    gov_field_class level =
        field->field_class == GOV_FIELDS_DEFAULT ? GOV_FIELDS_PERSONAL : field->field_class;
    GOV_TRY(gov_db_prepare(
        store->db,
        "INSERT INTO main.field (kind, name, type, unit, code_set, class, refers, scheme, label_zh,"
        " label_en) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        &stmt, err));
    const char *texts[] = {kind, field->name, gov_type_name(field->type), field->unit, field->code_set};
    const char *more[] = {field->references, field->scheme, field->label_zh, field->label_en};
    for (int i = 0; i < 5; i++)
        gov_stmt_text(stmt, i + 1, texts[i], -1);
    gov_stmt_int(stmt, 6, (int64_t)level);
    for (int i = 0; i < 4; i++)
        gov_stmt_text(stmt, i + 7, more[i], -1);
    gov_status status = gov_stmt_do(stmt, err);
    gov_stmt_free(stmt);
    return status;
}

gov_status gov_field_insert(gov_store *store, gov_log *log, const char *kind_name, const gov_field *field,
                            gov_error *err)
{
    const gov_kind *kind = NULL;
    GOV_TRY(gov_kinds_need(&store->kinds, kind_name, &kind, err));
    GOV_TRY(check_field(store, field, err));
    int64_t known = gov_kind_find_field(kind, field->name, (int64_t)strlen(field->name));
    if (known >= 0 && kind->fields[known].type != field->type)
        return gov_fail_at(err, GOV_E_CONFLICT, GOV_AT_NAME(field->name), "the field is already of type %s",
                           gov_type_name(kind->fields[known].type));
    if (known >= 0)
        return GOV_OK;
    GOV_TRY(insert_field(store, kind_name, field, err));
    GOV_TRY(gov_log_field(log, gov_db_last_row(store->db), err));
    GOV_TRY(gov_kinds_load(store->db, &store->kinds, err));
    store->views.day[0] = '\0';
    return gov_kinds_make_tables(store->db, &store->kinds, err);
}

gov_status gov_store_field_add(gov_store *store, const char *kind, const gov_field *field, gov_error *err)
{
    gov_field given = GOV_FIELD_INIT;
    if (store == NULL || field == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store and field must be given");
    GOV_TRY(gov_struct_read(&given, sizeof(given), field, err));
    if (given.name == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "the field needs a name");
    gov_log *log = NULL;
    GOV_TRY(gov_log_begin(store, "field", kind, NULL, &log, err));
    gov_status status = gov_field_insert(store, log, kind, &given, err);
    gov_status ended = gov_log_end(log, status == GOV_OK, status == GOV_OK ? err : NULL);
    status = status == GOV_OK ? ended : status;
    if (status != GOV_OK)
        gov_kinds_load(store->db, &store->kinds, NULL);
    return status;
}
