// arrays.i - arrays that cross the language border as a whole.
//
// A helper that reads takes in_doubles, in_int64s, in_bytes or in_texts (zero-ended UTF-8, NULL = none) by value; one
// that fills takes out_doubles, out_int64s or out_bytes, allocated by the caller. An absent array (None, null) is
// data == NULL and n == 0. The memory is pinned or copied until the call has returned, so the C function may read it
// without the GIL.
%{
typedef struct { const double *data; int64_t n; } in_doubles;
typedef struct { const int64_t *data; int64_t n; } in_int64s;
typedef struct { const uint8_t *data; int64_t n; } in_bytes;
typedef struct { const char *const *data; int64_t n; } in_texts;
typedef struct { double *data; int64_t n; } out_doubles;
typedef struct { int64_t *data; int64_t n; } out_int64s;
typedef struct { uint8_t *data; int64_t n; } out_bytes;
%}
