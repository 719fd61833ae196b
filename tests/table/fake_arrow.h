/* fake_arrow.h - Arrow structs made by hand, after the specification of the C data interface. Every buffer is a
 * block of exactly its size and every release counts, so that the sanitizers see each step outside. */
#ifndef FAKE_ARROW_H
#define FAKE_ARROW_H

#include "govcore/table.h"

#include <stdlib.h>
#include <string.h>

enum { FAKE_MOST = 8 };

typedef struct fake_private {
    void *buffers[FAKE_MOST];
    struct ArrowArray *children[FAKE_MOST];
} fake_private;

/* What is alive: every struct that was handed out and not released. */
static int fake_live;

static void fake_release_array(struct ArrowArray *a)
{
    fake_private *own = a->private_data;
    for (int i = 0; i < FAKE_MOST; i++) {
        free(own->buffers[i]);
        if (own->children[i] != NULL && own->children[i]->release != NULL)
            own->children[i]->release(own->children[i]);
        free(own->children[i]);
    }
    if (a->dictionary != NULL && a->dictionary->release != NULL)
        a->dictionary->release(a->dictionary);
    free(a->dictionary);
    free(own);
    a->release = NULL;
    fake_live--;
}

static struct ArrowArray *fake_array(int64_t length, int64_t null_count, int64_t offset, int64_t n_buffers)
{
    struct ArrowArray *a = calloc(1, sizeof(*a));
    fake_private *own = calloc(1, sizeof(*own));
    fake_live++;
    *a = (struct ArrowArray){.length = length,
                             .null_count = null_count,
                             .offset = offset,
                             .n_buffers = n_buffers,
                             .buffers = (const void **)(void *)own->buffers,
                             .release = fake_release_array,
                             .private_data = own};
    return a;
}

static struct ArrowArray *fake_buffer(struct ArrowArray *a, int i, const void *bytes, size_t size)
{
    fake_private *own = a->private_data;
    own->buffers[i] = malloc(size == 0 ? 1 : size);
    if (size > 0)
        memcpy(own->buffers[i], bytes, size);
    return a;
}

/* A batch of up to FAKE_MOST children. */
static struct ArrowArray *fake_batch(int64_t length, int64_t offset, int n, struct ArrowArray **children)
{
    struct ArrowArray *a = fake_array(length, 0, offset, 1);
    fake_private *own = a->private_data;
    a->n_children = n;
    a->children = own->children;
    for (int i = 0; i < n; i++)
        own->children[i] = children[i];
    return a;
}

static void fake_release_schema(struct ArrowSchema *s)
{
    for (int64_t i = 0; i < s->n_children; i++) {
        if (s->children[i]->release != NULL)
            s->children[i]->release(s->children[i]);
        free(s->children[i]);
    }
    free(s->children);
    if (s->dictionary != NULL)
        s->dictionary->release(s->dictionary);
    free(s->dictionary);
    s->release = NULL;
    fake_live--;
}

typedef struct fake_field {
    const char *format;
    const char *name;
    const char *dictionary; /* format of the values, or NULL */
} fake_field;

static void fake_field_schema(const char *format, const char *name, struct ArrowSchema *out)
{
    fake_live++;
    *out = (struct ArrowSchema){.format = format, .name = name, .flags = 2, .release = fake_release_schema};
}

typedef struct fake_stream {
    const char *top;
    const fake_field *fields;
    int field_count;
    struct ArrowArray *batches[FAKE_MOST];
    int batch_count;
    int next;
    int schema_error;
    int batch_error; /* given instead of the batch `fail_at` */
    int fail_at;
} fake_stream;

static int fake_get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    fake_stream *f = stream->private_data;
    if (f->schema_error != 0)
        return f->schema_error;
    fake_field_schema(f->top, NULL, out);
    out->n_children = f->field_count;
    out->children = calloc((size_t)f->field_count + 1, sizeof(*out->children));
    for (int i = 0; i < f->field_count; i++) {
        out->children[i] = calloc(1, sizeof(struct ArrowSchema));
        fake_field_schema(f->fields[i].format, f->fields[i].name, out->children[i]);
        if (f->fields[i].dictionary == NULL)
            continue;
        out->children[i]->dictionary = calloc(1, sizeof(struct ArrowSchema));
        fake_field_schema(f->fields[i].dictionary, NULL, out->children[i]->dictionary);
    }
    return 0;
}

static int fake_get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    fake_stream *f = stream->private_data;
    if (f->batch_error != 0 && f->next == f->fail_at)
        return f->batch_error;
    if (f->next == f->batch_count) {
        out->release = NULL;
        return 0;
    }
    *out = *f->batches[f->next];
    free(f->batches[f->next]);
    f->batches[f->next++] = NULL;
    return 0;
}

static const char *fake_last_error(struct ArrowArrayStream *stream)
{
    fake_stream *f = stream->private_data;
    return f->schema_error != 0 || f->batch_error != 0 ? "the disk is on fire" : NULL;
}

static void fake_release_stream(struct ArrowArrayStream *stream)
{
    fake_stream *f = stream->private_data;
    for (int i = f->next; i < f->batch_count; i++) {
        f->batches[i]->release(f->batches[i]);
        free(f->batches[i]);
    }
    free(f);
    stream->release = NULL;
    fake_live--;
}

static struct ArrowArrayStream fake_open(const fake_field *fields, int field_count,
                                         struct ArrowArray **batches, int batch_count)
{
    fake_stream *f = calloc(1, sizeof(*f));
    f->top = "+s";
    f->fields = fields;
    f->field_count = field_count;
    f->batch_count = batch_count;
    for (int i = 0; i < batch_count; i++)
        f->batches[i] = batches[i];
    fake_live++;
    return (struct ArrowArrayStream){fake_get_schema, fake_get_next, fake_last_error, fake_release_stream, f};
}

#endif
