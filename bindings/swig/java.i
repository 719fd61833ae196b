// java.i - typemaps of the Java module: handles that close safely, arrays, UTF-8 texts, exceptions.
//
// Generated classes are package-private; the public classes of org.govcore are written by hand above them.

%pragma(java) moduleclassmodifiers="final class"
%javaconst(1);
%include "enumsimple.swg"
%pragma(java) jniclassclassmodifiers="final class"
%typemap(javaclassmodifiers) SWIGTYPE "final class"

%{
// Raises org.govcore.GovException. A Java exception that is pending already stays.
static void gov_java_raise(JNIEnv *env, const gov_error *e)
{
    if ((*env)->ExceptionCheck(env))
        return;
    jclass type = (*env)->FindClass(env, "org/govcore/GovException");
    if (type == NULL)
        return;
    jmethodID make = (*env)->GetMethodID(env, type, "<init>", "(I[BJJJJ[B[B)V");
    if (make == NULL)
        return;
    const char *texts[3] = {e->message, e->name, e->file};
    jbyteArray bytes[3];
    for (int i = 0; i < 3; i++) {
        jsize size = (jsize)strlen(texts[i]);
        bytes[i] = (*env)->NewByteArray(env, size);
        if (bytes[i] == NULL)
            return;
        (*env)->SetByteArrayRegion(env, bytes[i], 0, size, (const jbyte *)texts[i]);
    }
    jobject exception =
        (*env)->NewObject(env, type, make, (jint)e->code, bytes[0], (jlong)e->row, (jlong)e->line,
                          (jlong)e->column, (jlong)e->extended, bytes[1], bytes[2]);
    if (exception != NULL)
        (*env)->Throw(env, (jthrowable)exception);
}

static jbyteArray gov_java_text(JNIEnv *env, const char *text, int64_t size)
{
    jbyteArray bytes = text != NULL ? (*env)->NewByteArray(env, (jsize)size) : NULL;
    if (bytes != NULL)
        (*env)->SetByteArrayRegion(env, bytes, 0, (jsize)size, (const jbyte *)text);
    return bytes;
}

static void gov_java_throw_memory(JNIEnv *env)
{
    jclass type = (*env)->FindClass(env, "java/lang/OutOfMemoryError");
    if (type != NULL)
        (*env)->ThrowNew(env, type, "native memory");
}

// A copy of a Java byte array, ended by a zero byte; NULL for null, or with OutOfMemoryError pending.
static char *gov_java_bytes(JNIEnv *env, jbyteArray array)
{
    if (array == NULL)
        return NULL;
    jsize size = (*env)->GetArrayLength(env, array);
    char *text = (char *)malloc((size_t)size + 1);
    if (text == NULL) {
        gov_java_throw_memory(env);
        return NULL;
    }
    (*env)->GetByteArrayRegion(env, array, 0, size, (jbyte *)text);
    text[size] = 0;
    return text;
}

static void gov_java_free_texts(char **texts, int64_t n)
{
    for (int64_t i = 0; texts != NULL && i < n; i++)
        free(texts[i]);
    free(texts);
}

static char **gov_java_texts(JNIEnv *env, jobjectArray array, int64_t *n)
{
    if (array == NULL)
        return NULL;
    *n = (*env)->GetArrayLength(env, array);
    char **texts = (char **)calloc((size_t)*n + 1, sizeof(char *));
    if (texts == NULL) {
        gov_java_throw_memory(env);
        return NULL;
    }
    for (int64_t i = 0; i < *n && !(*env)->ExceptionCheck(env); i++) {
        jbyteArray item = (jbyteArray)(*env)->GetObjectArrayElement(env, array, (jsize)i);
        texts[i] = gov_java_bytes(env, item);
        (*env)->DeleteLocalRef(env, item);
    }
    return texts;
}
%}

// --- Errors -------------------------------------------------------------------------------------------------
%typemap(in, numinputs=0) gov_error *err (gov_error error = GOV_ERROR_INIT) "$1 = &error;"
%typemap(argout) gov_error *err %{
    if ($1->code != GOV_OK)
        gov_java_raise(jenv, $1);
%}

// --- Handles: Handle counts the calls in flight, so that close() waits for them and a closed one is refused ---
%typemap(javabase) SWIGTYPE "Handle"
%typemap(javainterfaces) SWIGTYPE ""
%typemap(javafinalize) SWIGTYPE ""
%typemap(javadestruct, methodname="unused", methodmodifiers="private") SWIGTYPE ""
%typemap(javabody) SWIGTYPE %{
    $javaclassname(long address, boolean owned) {
        super(address, $imclassname::delete_$javaclassname);
    }
%}
%typemap(javaconstruct) SWIGTYPE {
    this(Library.load() ? $imcall : 0, true);
  }
%typemap(javain, pre="    long p$javainput = 0;", post="      Handle.leave($javainput, p$javainput);") SWIGTYPE * "(p$javainput = Handle.enter($javainput))"
%typemap(javaout) SWIGTYPE * {
    Library.load();
    long address = $jnicall;
    return address == 0 ? null : new $javaclassname(address, $owner);
  }

%typemap(javaout) void {
    Library.load();
    $jnicall;
  }
%typemap(javaout) int, long long, int64_t, int32_t, double, unsigned int, enum SWIGTYPE {
    Library.load();
    return $jnicall;
  }

// --- Texts: real UTF-8, for JNI's own encoding is another one outside the basic plane ------------------------
%typemap(jni) const char * "jbyteArray"
%typemap(jtype) const char * "byte[]"
%typemap(jstype) const char * "String"
%typemap(javain) const char * "Utf8.bytes($javainput)"
%typemap(in) const char * %{
    $1 = gov_java_bytes(jenv, $input);
    if ((*jenv)->ExceptionCheck(jenv))
        return $null;
%}
%typemap(argout) const char * ""
%typemap(freearg) const char * "free((void *)$1);"
%typemap(newfree) const char * ""
%typemap(out) const char * "$result = gov_java_text(jenv, $1, $1 != NULL ? (int64_t)strlen($1) : 0);"
%typemap(javaout) const char * {
    Library.load();
    return Utf8.text($jnicall);
  }
%typemap(jni) char [ANY] "jbyteArray"
%typemap(jtype) char [ANY] "byte[]"
%typemap(jstype) char [ANY] "String"
%typemap(out) char [ANY] "$result = gov_java_text(jenv, $1, (int64_t)strlen($1));"
%typemap(javaout) char [ANY] {
    return Utf8.text($jnicall);
  }

%typemap(jni) gov_text * "jbyteArray"
%typemap(jtype) gov_text * "byte[]"
%typemap(jstype) gov_text * "String"
%typemap(out) gov_text * %{
    $result = gov_java_text(jenv, $1 != NULL ? gov_text_data($1) : NULL, $1 != NULL ? gov_text_size($1) : 0);
    gov_text_free($1);
%}
%typemap(newfree) gov_text * ""
%typemap(javaout) gov_text * {
    Library.load();
    return Utf8.text($jnicall);
  }

%typemap(jni) in_texts "jobjectArray"
%typemap(jtype) in_texts "byte[][]"
%typemap(jstype) in_texts "String[]"
%typemap(javain) in_texts "Utf8.bytes($javainput)"
%typemap(in) in_texts (char **texts = NULL) %{
    $1.n = 0;
    texts = gov_java_texts(jenv, $input, &$1.n);
    $1.data = (const char *const *)texts;
    if ((*jenv)->ExceptionCheck(jenv)) {
        gov_java_free_texts(texts, $1.n);
        return $null;
    }
%}
%typemap(argout) in_texts ""
%typemap(freearg) in_texts "gov_java_free_texts(texts$argnum, $1.n);"

// --- Arrays: copied, never held critical, so that the collector is free to work -------------------------------
%define GOV_JAVA_ARRAY(ctype, element, jarray, jelement, Name, mode)
%typemap(jni) ctype #jarray
%typemap(jtype) ctype #element "[]"
%typemap(jstype) ctype #element "[]"
%typemap(javain) ctype "$javainput"
%typemap(in) ctype (jelement *elements = NULL) %{
    $1.data = NULL;
    $1.n = 0;
    if ($input != NULL) {
        elements = (*jenv)->Get ## Name ## ArrayElements(jenv, $input, NULL);
        if (elements == NULL)
            return $null;
        $1.data = (void *)elements;
        $1.n = (*jenv)->GetArrayLength(jenv, $input);
    }
%}
%typemap(argout) ctype ""
%typemap(freearg) ctype %{
    if (elements$argnum != NULL)
        (*jenv)->Release ## Name ## ArrayElements(jenv, $input, elements$argnum, mode);
%}
%enddef
GOV_JAVA_ARRAY(in_doubles, double, jdoubleArray, jdouble, Double, JNI_ABORT)
GOV_JAVA_ARRAY(in_int64s, long, jlongArray, jlong, Long, JNI_ABORT)
GOV_JAVA_ARRAY(in_bytes, byte, jbyteArray, jbyte, Byte, JNI_ABORT)
GOV_JAVA_ARRAY(out_doubles, double, jdoubleArray, jdouble, Double, 0)
GOV_JAVA_ARRAY(out_int64s, long, jlongArray, jlong, Long, 0)
GOV_JAVA_ARRAY(out_bytes, byte, jbyteArray, jbyte, Byte, 0)

// --- Arrow: the address of the struct -------------------------------------------------------------------------
%typemap(jni) struct ArrowArrayStream *stream "jlong"
%typemap(jtype) struct ArrowArrayStream *stream "long"
%typemap(jstype) struct ArrowArrayStream *stream "long"
%typemap(javain, pre="", post="") struct ArrowArrayStream *stream "$javainput"
%typemap(in) struct ArrowArrayStream *stream "$1 = (struct ArrowArrayStream *)(intptr_t)$input;"
