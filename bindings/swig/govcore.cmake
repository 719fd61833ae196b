# The C library as objects to link into an extension, compiled with the Makefile's flags, and SWIG's output.
# GOVCORE_CORE is a folder with lib, include, swig, embed, VERSION and ABI.

option(GOVCORE_SANITIZE "Compile with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_C_FLAGS_RELEASE "-O2 -ftree-vectorize -DNDEBUG")
find_program(GOVCORE_CCACHE ccache)
if(GOVCORE_CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER "${GOVCORE_CCACHE}")
endif()
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(GOVCORE_DEPENDENCIES REQUIRED IMPORTED_TARGET sqlite3 yaml-0.1 libxxhash libcrypto)
find_program(GOVCORE_SWIG swig REQUIRED HINTS ENV GOVCORE_SWIG_BIN)

if(GOVCORE_SANITIZE)
  add_compile_options(-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

function(govcore_embed list folder pattern output)
  file(GLOB files CONFIGURE_DEPENDS "${GOVCORE_CORE}/${folder}/${pattern}")
  add_custom_command(OUTPUT ${output} DEPENDS ${files} "${GOVCORE_CORE}/embed" VERBATIM
    COMMAND sh "${GOVCORE_CORE}/embed" ${list} ${files} > ${output})
endfunction()

file(STRINGS "${GOVCORE_CORE}/VERSION" govcore_version)
file(STRINGS "${GOVCORE_CORE}/ABI" govcore_abi)
file(GLOB govcore_sources CONFIGURE_DEPENDS "${GOVCORE_CORE}/lib/*/*.c")
govcore_embed(gov_need_models lib/need/models *.yaml need_models.c)
govcore_embed(gov_need_feature_files lib/need/features *.yaml need_features.c)
govcore_embed(gov_store_layouts lib/store/sql *.sql store_sql.c)
govcore_embed(gov_report_styles lib/pipeline report.css report_styles.c)
add_library(govcore_core OBJECT ${govcore_sources} need_models.c need_features.c store_sql.c report_styles.c)
target_include_directories(govcore_core PUBLIC "${GOVCORE_CORE}/include" PRIVATE "${GOVCORE_CORE}/lib")
target_compile_definitions(govcore_core PRIVATE _POSIX_C_SOURCE=200809L GOV_ABI=${govcore_abi}
                           GOV_VERSION="${govcore_version}")
target_compile_options(govcore_core PRIVATE -ffp-contract=off)
target_link_libraries(govcore_core PUBLIC PkgConfig::GOVCORE_DEPENDENCIES Threads::Threads m)

# govcore_swig(WRAPPER FOLDER ARGUMENTS...): runs SWIG, leaving proxies in FOLDER.
function(govcore_swig wrapper folder)
  file(GLOB interfaces CONFIGURE_DEPENDS "${GOVCORE_CORE}/swig/*.i")
  file(GLOB headers CONFIGURE_DEPENDS "${GOVCORE_CORE}/include/*.h" "${GOVCORE_CORE}/include/govcore/*.h")
  add_custom_command(OUTPUT ${wrapper} DEPENDS ${interfaces} ${headers} VERBATIM
    COMMAND ${CMAKE_COMMAND} -E make_directory "${folder}"
    COMMAND ${GOVCORE_SWIG} -w314 ${ARGN} "-I${GOVCORE_CORE}/include" "-I${GOVCORE_CORE}/swig" -outdir "${folder}"
            -o ${wrapper} "${GOVCORE_CORE}/swig/govcore.i")
  # SWIG's own code casts between unrelated structs.
  set_source_files_properties(${wrapper} PROPERTIES COMPILE_OPTIONS "-fno-strict-aliasing")
endfunction()
