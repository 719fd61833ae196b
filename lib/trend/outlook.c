#include "trend/outlook.h"
#include "table/bits.h"

gov_status gov_outlook_refuse(gov_status status, const gov_error *said, char **refused, gov_error *err)
{
    if (status == GOV_E_NO_DATA || status == GOV_E_MISSING || status == GOV_E_RANGE ||
        status == GOV_E_UNSUPPORTED) {
        *refused = gov_copy_text(said->message, -1);
        return *refused != NULL ? GOV_OK : gov_fail_memory(err);
    }
    if (status != GOV_OK && err != NULL && err->struct_size >= sizeof(gov_error))
        *err = *said;
    return status;
}

gov_status gov_outlook_begin(gov_frame *frame, const gov_panel *panel, const int64_t *rows,
                             const int64_t *periods, gov_error *err)
{
    enum { WIDTH = 16 };
    for (int64_t c = 0; c < gov_table_columns(panel->labels); c++)
        GOV_TRY(gov_frame_take(frame, panel->labels, c, NULL, rows, err));
    char(*names)[WIDTH] = gov_alloc(frame->rows, WIDTH);
    const char **texts = gov_alloc(frame->rows, sizeof(*texts));
    gov_status status = names == NULL || texts == NULL ? gov_fail_memory(err) : GOV_OK;
    for (int64_t i = 0; status == GOV_OK && i < frame->rows; i++) {
        texts[i] = periods[i] < 0 ? NULL : names[i];
        if (periods[i] >= 0)
            gov_panel_period_name(panel, periods[i], names[i], WIDTH);
    }
    if (status == GOV_OK)
        status = gov_frame_texts(frame, "period", texts, NULL, err);
    gov_free(names);
    gov_free(texts);
    GOV_TRY(status);
    int32_t *days = NULL;
    uint8_t *known = NULL;
    GOV_TRY(gov_frame_add(frame, "day", GOV_TYPE_DATE, (void **)&days, &known, err));
    for (int64_t i = 0; i < frame->rows; i++) {
        if (periods[i] < 0)
            gov_bit_clear(known, i);
        else
            days[i] = gov_panel_day(panel, periods[i]);
    }
    return GOV_OK;
}
