#ifndef COPENVINO_H
#define COPENVINO_H

/// The part of OpenVINO's C interface that tagbench calls, found at run time.
///
/// OpenVINO is not there when tagbench is built, and a tagbench without it does everything but embed, so
/// its functions are looked up with dlsym in a library opened by path. Types and meanings are those of
/// openvino/c/*.h of OpenVINO 2026.4 (Apache License 2.0); every status is 0 for success and negative
/// otherwise.

#include <stddef.h>
#include <stdint.h>

/// The looked-up functions of one loaded library. Never unloaded: OpenVINO leaves threads running.
typedef struct COVLibrary COVLibrary;

typedef struct COVCore COVCore;
typedef struct COVCompiledModel COVCompiledModel;
typedef struct COVInferRequest COVInferRequest;
typedef struct COVTensor COVTensor;

typedef struct {
    int64_t rank;
    int64_t *dimensions;
} COVShape;

typedef struct {
    const char *key;
    const char *value;
} COVProperty;

/// Numbers of OpenVINO's ov_element_type_e.
enum { COVElementTypeFloat = 4, COVElementTypeUInt8 = 16 };

/// Opens the library at an absolute path and looks up every function below.
///
/// Returns NULL on failure, with the dynamic linker's reason as text in `reason`.
const COVLibrary *cov_load(const char *path, char *reason, size_t reason_size);

/// What went wrong in the last failed call; valid until the next one.
const char *cov_last_error(const COVLibrary *library);
void cov_free_text(const COVLibrary *library, const char *text);

int32_t cov_core_create(const COVLibrary *library, COVCore **core);
void cov_core_free(const COVLibrary *library, COVCore *core);
int32_t cov_core_set_properties(const COVLibrary *library, const COVCore *core, const char *device,
                                size_t count, const COVProperty *properties);
/// `value` is text to give to cov_free_text.
int32_t cov_core_get_property(const COVLibrary *library, const COVCore *core, const char *device,
                              const char *key, char **value);
int32_t cov_core_compile_file(const COVLibrary *library, const COVCore *core, const char *path,
                              const char *device, COVCompiledModel **model);
/// Takes what cov_model_export wrote.
int32_t cov_core_import(const COVLibrary *library, const COVCore *core, const char *bytes,
                        size_t count, const char *device, COVCompiledModel **model);

int32_t cov_model_export(const COVLibrary *library, const COVCompiledModel *model,
                         const char *path);
void cov_model_free(const COVLibrary *library, COVCompiledModel *model);

int32_t cov_request_create(const COVLibrary *library, const COVCompiledModel *model,
                           COVInferRequest **request);
/// The request keeps the tensor; the caller frees only the handle.
int32_t cov_request_get_tensor(const COVLibrary *library, const COVInferRequest *request,
                               const char *name, COVTensor **tensor);
/// Blocks until the answer stands in the output tensors.
int32_t cov_request_infer(const COVLibrary *library, COVInferRequest *request);
void cov_request_free(const COVLibrary *library, COVInferRequest *request);

/// `shape` is to be given to cov_shape_free.
int32_t cov_tensor_shape(const COVLibrary *library, const COVTensor *tensor, COVShape *shape);
/// Gives a tensor whose shape is open this one, with room for its elements.
int32_t cov_tensor_set_shape(const COVLibrary *library, COVTensor *tensor, COVShape shape);
int32_t cov_shape_free(const COVLibrary *library, COVShape *shape);
int32_t cov_tensor_element_type(const COVLibrary *library, const COVTensor *tensor, int32_t *type);
int32_t cov_tensor_data(const COVLibrary *library, const COVTensor *tensor, void **data);
void cov_tensor_free(const COVLibrary *library, COVTensor *tensor);

#endif
