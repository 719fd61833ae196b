// govcore.i - the one SWIG module behind the Python package and the Java jar.
//
// The binding is flat and small on purpose: a room's .i file declares C helpers whose parameters are only
// handles, numbers, texts and the arrays of arrays.i, and whose last parameter is `gov_error *err`. The pleasant
// faces (classes, options, docstrings) are written by hand in each language above it. ../README.md says how to
// add a function.
#if defined(SWIGJAVA)
%module Native
#else
%module(package="govcore") _govcore
#endif

%{
#include "govcore.h"

#include <stdlib.h>
#include <string.h>
%}

%include <stdint.i>
%include "arrays.i"

#if defined(SWIGPYTHON)
%include "python.i"
#elif defined(SWIGJAVA)
%include "java.i"
#endif

// A returned pointer is always the caller's, and so is its destruction.
%feature("new");
%immutable;

// A handle: a type that is only held, passed on and freed.
%define GOV_HANDLE(type, name, free)
%rename(name) type;
%nodefaultctor type;
%typemap(pytyping) type * #name
typedef struct type {} type;
%extend type {
    ~type() { free($self); }
}
%enddef

// A struct of values that a helper fills: made by the caller, read field by field.
%define GOV_VALUE(type, name)
%rename(name) type;
%ignore type::struct_size;
%typemap(pytyping) type * #name
#if defined(SWIGJAVA)
%typemap(javabody) struct type %{
    private final long swigCPtr;

    $javaclassname(long address, boolean owned) {
        super(address, $imclassname::delete_$javaclassname);
        swigCPtr = address;
    }
%}
#endif
%enddef

// A handle that may be NULL (None, null) wherever it is a parameter of this name.
%define GOV_NULLABLE(declaration, name)
#if defined(SWIGPYTHON)
%typemap(check) declaration ""
%typemap(pytyping) declaration "typing.Optional["#name"]"
#elif defined(SWIGJAVA)
%typemap(javain, pre="    long p$javainput = 0;", post="      Handle.leave($javainput, p$javainput);") declaration "(p$javainput = Handle.enterOptional($javainput))"
#endif
%enddef

// From a room's public header only constants and structs of values are taken; its functions are declared anew in
// the room's .i file.
%define GOV_HEADER(path)
%rename("$ignore", %$isfunction) "";
%rename("$ignore", %$isclass) "";
%include path
%rename("%s", %$isfunction) "";
%rename("%s", %$isclass) "";
%enddef

%include "base.i"
%include "table.i"
%include "code.i"
%include "geo.i"
%include "need.i"
%include "need_whatif.i"
%include "trend_options.i"
%include "trend.i"
%include "trend_alarms.i"
%include "trend_seasonal.i"
%include "trend_change.i"
%include "trend_control.i"
%include "trend_forecast.i"
%include "trend_intervention.i"
%include "trend_sensors.i"
%include "trend_outlook.i"
%include "trend_state.i"
%include "trend_meters.i"
%include "trend_judged.i"
%include "store.i"
%include "pipeline.i"
%include "features.i"
