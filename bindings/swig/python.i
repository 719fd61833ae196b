// python.i - typemaps of the Python module, for the limited API of CPython 3.11.

%{
// Raises the exception that govcore._errors makes of the error.
static void gov_python_raise(const gov_error *e)
{
    PyObject *module = PyImport_ImportModule("govcore._errors");
    if (module == NULL)
        return;
    PyObject *exception =
        PyObject_CallMethod(module, "make", "issLLLLss", (int)e->code, gov_status_name(e->code), e->message,
                            (long long)e->row, (long long)e->line, (long long)e->column, (long long)e->extended,
                            e->name, e->file);
    Py_DECREF(module);
    if (exception == NULL)
        return;
    PyErr_SetObject((PyObject *)Py_TYPE(exception), exception);
    Py_DECREF(exception);
}

// A text argument; NULL for None. No zero byte inside, for C would not see what follows it.
static int gov_python_text(PyObject *object, const char **text)
{
    Py_ssize_t size = 0;
    if (object == Py_None) {
        *text = NULL;
        return 1;
    }
    if (!PyUnicode_Check(object)) {
        PyErr_SetString(PyExc_TypeError, "expected str or None");
        return 0;
    }
    *text = PyUnicode_AsUTF8AndSize(object, &size);
    if (*text != NULL && (Py_ssize_t)strlen(*text) != size) {
        PyErr_SetString(PyExc_ValueError, "a text must not hold a zero character");
        return 0;
    }
    return *text != NULL;
}

// An array argument: the object's own buffer, held until the call is over, or a copy of a sequence.
typedef struct { Py_buffer buffer; int held; void *copy; } gov_python_array;

static void gov_python_let_go(gov_python_array *array)
{
    if (array->held)
        PyBuffer_Release(&array->buffer);
    free(array->copy);
}

// 'd', 'q' or 'B': whether a buffer of this format and item size can be read in place.
static int gov_python_format(char kind, const char *format, Py_ssize_t itemsize)
{
    if (kind == 'B')
        return 1;
    if (format == NULL || itemsize != 8)
        return 0;
    if (*format == '@' || *format == '=' || *format == '<')
        format++;
    return kind == 'd' ? strcmp(format, "d") == 0 : strcmp(format, "q") == 0 || strcmp(format, "l") == 0;
}

static int gov_python_hold(PyObject *object, char kind, int flags, gov_python_array *array)
{
    if (!PyObject_CheckBuffer(object))
        return 0;
    if (PyObject_GetBuffer(object, &array->buffer, PyBUF_FORMAT | PyBUF_C_CONTIGUOUS | flags) != 0) {
        PyErr_Clear();
        return 0;
    }
    if (!gov_python_format(kind, array->buffer.format, array->buffer.itemsize)) {
        PyBuffer_Release(&array->buffer);
        return 0;
    }
    array->held = 1;
    return 1;
}

static int gov_python_item(PyObject *item, char kind, void *out)
{
    if (kind == 'd') {
        *(double *)out = PyFloat_AsDouble(item);
    } else {
        PyObject *index = PyNumber_Index(item);
        if (index == NULL)
            return 0;
        *(int64_t *)out = PyLong_AsLongLong(index);
        Py_DECREF(index);
    }
    return PyErr_Occurred() == NULL;
}

static int gov_python_copy(PyObject *object, char kind, gov_python_array *array, int64_t *n)
{
    PyObject *items = PySequence_List(object);
    if (items == NULL)
        return 0;
    *n = (int64_t)PyList_Size(items);
    array->copy = malloc((size_t)*n * 8 + 1);
    int ok = array->copy != NULL;
    if (!ok)
        PyErr_NoMemory();
    for (int64_t i = 0; ok && i < *n; i++)
        ok = gov_python_item(PyList_GetItem(items, (Py_ssize_t)i), kind, (char *)array->copy + i * 8);
    Py_DECREF(items);
    return ok;
}

static int gov_python_read(PyObject *object, char kind, gov_python_array *array, const void **data, int64_t *n)
{
    if (object == Py_None)
        return 1;
    if (gov_python_hold(object, kind, 0, array)) {
        *data = array->buffer.buf;
        *n = (int64_t)(array->buffer.len / (kind == 'B' ? 1 : 8));
        return 1;
    }
    if (kind == 'B') {
        PyErr_SetString(PyExc_TypeError, "expected bytes or another contiguous buffer");
        return 0;
    }
    if (!gov_python_copy(object, kind, array, n))
        return 0;
    *data = array->copy;
    return 1;
}

static int gov_python_fill(PyObject *object, char kind, gov_python_array *array, void **data, int64_t *n)
{
    if (object == Py_None)
        return 1;
    if (!gov_python_hold(object, kind, PyBUF_WRITABLE, array)) {
        PyErr_SetString(PyExc_TypeError, "expected a writable contiguous buffer of the right item type");
        return 0;
    }
    *data = array->buffer.buf;
    *n = (int64_t)(array->buffer.len / (kind == 'B' ? 1 : 8));
    return 1;
}
%}

%typemap(in, numinputs=0) gov_error *err (gov_error error = GOV_ERROR_INIT) "$1 = &error;"
%typemap(argout) gov_error *err %{
    if ($1->code != GOV_OK) {
        Py_CLEAR($result);
        gov_python_raise($1);
        SWIG_fail;
    }
%}

%typemap(check) SWIGTYPE * %{
    if ($1 == NULL) {
        PyErr_SetString(PyExc_TypeError, "an object of the library is needed here, not None");
        SWIG_fail;
    }
%}
%typemap(check) gov_error *err ""

%typemap(in) const char * %{
    if (!gov_python_text($input, (const char **)&$1))
        SWIG_fail;
%}
%typemap(freearg) const char * ""
%typemap(check) const char * ""
%typemap(newfree) const char * ""
%typemap(out, fragment="SWIG_FromCharPtr") const char * "$result = SWIG_FromCharPtr($1);"

%typemap(out) gov_text * %{
    if ($1 != NULL) {
        $result = PyUnicode_DecodeUTF8(gov_text_data($1), (Py_ssize_t)gov_text_size($1), NULL);
        gov_text_free($1);
    } else {
        $result = Py_NewRef(Py_None);
    }
%}
%typemap(newfree) gov_text * ""
%typemap(pytyping) gov_text * "str"
%typemap(pytyping) char [ANY] "str"
%typemap(pytyping) const char * "typing.Optional[str]"

%define GOV_PYTHON_ARRAY(type, function, kind, pointer)
%typemap(in) type (gov_python_array array = {0}) {
    $1.data = NULL;
    $1.n = 0;
    if (!function($input, kind, &array, (pointer)&$1.data, &$1.n))
        SWIG_fail;
}
%typemap(freearg) type "gov_python_let_go(&array$argnum);"
%enddef
GOV_PYTHON_ARRAY(in_doubles, gov_python_read, 'd', const void **)
GOV_PYTHON_ARRAY(in_int64s, gov_python_read, 'q', const void **)
GOV_PYTHON_ARRAY(in_bytes, gov_python_read, 'B', const void **)
GOV_PYTHON_ARRAY(out_doubles, gov_python_fill, 'd', void **)
GOV_PYTHON_ARRAY(out_int64s, gov_python_fill, 'q', void **)
GOV_PYTHON_ARRAY(out_bytes, gov_python_fill, 'B', void **)

%{
// A list of texts; the list is kept so that its texts stay.
static int gov_python_texts(PyObject *object, PyObject **list, const char ***data, int64_t *n)
{
    if (object == Py_None)
        return 1;
    *list = PySequence_List(object);
    if (*list == NULL)
        return 0;
    *n = (int64_t)PyList_Size(*list);
    *data = (const char **)malloc(((size_t)*n + 1) * sizeof(char *));
    if (*data == NULL) {
        PyErr_NoMemory();
        return 0;
    }
    for (int64_t i = 0; i < *n; i++)
        if (!gov_python_text(PyList_GetItem(*list, (Py_ssize_t)i), &(*data)[i]))
            return 0;
    return 1;
}
%}
%typemap(in) in_texts (PyObject *list = NULL, const char **texts = NULL) {
    $1.data = NULL;
    $1.n = 0;
    if (!gov_python_texts($input, &list, &texts, &$1.n))
        SWIG_fail;
    $1.data = texts;
}
%typemap(freearg) in_texts {
    Py_XDECREF(list$argnum);
    free((void *)texts$argnum);
}
%typemap(pytyping) in_texts "typing.Optional[typing.Sequence[typing.Optional[str]]]"

// Arrow's capsule protocol. A capsule that nobody consumed releases its stream.
%{
#define GOV_ARROW_STREAM "arrow_array_stream"

static void gov_python_free_stream(PyObject *capsule)
{
    struct ArrowArrayStream *stream =
        (struct ArrowArrayStream *)PyCapsule_GetPointer(capsule, GOV_ARROW_STREAM);
    if (stream != NULL && stream->release != NULL)
        stream->release(stream);
    free(stream);
}
%}
%typemap(in) struct ArrowArrayStream *stream %{
    $1 = (struct ArrowArrayStream *)PyCapsule_GetPointer($input, GOV_ARROW_STREAM);
    if ($1 == NULL)
        SWIG_fail;
%}

%nothread arrow_stream_new;
%inline %{
// An empty stream in a capsule, to be filled by table_export_arrow.
static PyObject *arrow_stream_new(void)
{
    void *stream = calloc(1, sizeof(struct ArrowArrayStream));
    if (stream == NULL)
        return PyErr_NoMemory();
    PyObject *capsule = PyCapsule_New(stream, GOV_ARROW_STREAM, gov_python_free_stream);
    if (capsule == NULL)
        free(stream);
    return capsule;
}
%}
