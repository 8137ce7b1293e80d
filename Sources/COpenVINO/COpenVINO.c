#include "COpenVINO.h"

#include <CDynamicLibrary.h>
#include <stdio.h>
#include <stdlib.h>

struct COVLibrary {
    const char *(*last_error)(void);
    void (*free_text)(const char *);
    int32_t (*core_create)(COVCore **);
    void (*core_free)(COVCore *);
    int32_t (*core_set_properties)(const COVCore *, const char *, size_t, const COVProperty *);
    int32_t (*core_get_property)(const COVCore *, const char *, const char *, char **);
    int32_t (*core_compile_file)(const COVCore *, const char *, const char *, size_t,
                                 const COVProperty *, COVCompiledModel **);
    int32_t (*core_import)(const COVCore *, const char *, size_t, const char *,
                           COVCompiledModel **);
    int32_t (*model_export)(const COVCompiledModel *, const char *);
    void (*model_free)(COVCompiledModel *);
    int32_t (*request_create)(const COVCompiledModel *, COVInferRequest **);
    int32_t (*request_get_tensor)(const COVInferRequest *, const char *, COVTensor **);
    int32_t (*request_infer)(COVInferRequest *);
    void (*request_free)(COVInferRequest *);
    int32_t (*tensor_shape)(const COVTensor *, COVShape *);
    int32_t (*tensor_set_shape)(COVTensor *, COVShape);
    int32_t (*shape_free)(COVShape *);
    int32_t (*tensor_element_type)(const COVTensor *, int32_t *);
    int32_t (*tensor_data)(const COVTensor *, void **);
    void (*tensor_free)(COVTensor *);
};

const COVLibrary *cov_load(const char *path, char *reason, size_t reason_size) {
    COVLibrary *library = calloc(1, sizeof *library);
    if (library == NULL) {
        snprintf(reason, reason_size, "out of memory");
        return NULL;
    }
    // POSIX guarantees that a function's address fits in a void pointer, as dlsym needs.
    const CDynamicLibrary_Function functions[] = {
        {"ov_get_last_err_msg", (void **)&library->last_error},
        {"ov_free", (void **)&library->free_text},
        {"ov_core_create", (void **)&library->core_create},
        {"ov_core_free", (void **)&library->core_free},
        {"ov_core_set_properties", (void **)&library->core_set_properties},
        {"ov_core_get_property", (void **)&library->core_get_property},
        {"ov_core_compile_model_from_file_props", (void **)&library->core_compile_file},
        {"ov_core_import_model", (void **)&library->core_import},
        {"ov_compiled_model_export_model", (void **)&library->model_export},
        {"ov_compiled_model_free", (void **)&library->model_free},
        {"ov_compiled_model_create_infer_request", (void **)&library->request_create},
        {"ov_infer_request_get_tensor", (void **)&library->request_get_tensor},
        {"ov_infer_request_infer", (void **)&library->request_infer},
        {"ov_infer_request_free", (void **)&library->request_free},
        {"ov_tensor_get_shape", (void **)&library->tensor_shape},
        {"ov_tensor_set_shape", (void **)&library->tensor_set_shape},
        {"ov_shape_free", (void **)&library->shape_free},
        {"ov_tensor_get_element_type", (void **)&library->tensor_element_type},
        {"ov_tensor_data", (void **)&library->tensor_data},
        {"ov_tensor_free", (void **)&library->tensor_free},
    };
    const char *problem =
        CDynamicLibrary_load(path, functions, sizeof functions / sizeof *functions);
    if (problem == NULL) return library;
    snprintf(reason, reason_size, "%s", problem);
    free(library);
    return NULL;
}

const char *cov_last_error(const COVLibrary *library) {
    const char *text = library->last_error();
    return text == NULL ? "" : text;
}

void cov_free_text(const COVLibrary *library, const char *text) { library->free_text(text); }

int32_t cov_core_create(const COVLibrary *library, COVCore **core) {
    return library->core_create(core);
}

void cov_core_free(const COVLibrary *library, COVCore *core) { library->core_free(core); }

int32_t cov_core_set_properties(const COVLibrary *library, const COVCore *core, const char *device,
                                size_t count, const COVProperty *properties) {
    return library->core_set_properties(core, device, count, properties);
}

int32_t cov_core_get_property(const COVLibrary *library, const COVCore *core, const char *device,
                              const char *key, char **value) {
    return library->core_get_property(core, device, key, value);
}

int32_t cov_core_compile_file(const COVLibrary *library, const COVCore *core, const char *path,
                              const char *device, COVCompiledModel **model) {
    return library->core_compile_file(core, path, device, 0, NULL, model);
}

int32_t cov_core_import(const COVLibrary *library, const COVCore *core, const char *bytes,
                        size_t count, const char *device, COVCompiledModel **model) {
    return library->core_import(core, bytes, count, device, model);
}

int32_t cov_model_export(const COVLibrary *library, const COVCompiledModel *model,
                         const char *path) {
    return library->model_export(model, path);
}

void cov_model_free(const COVLibrary *library, COVCompiledModel *model) {
    library->model_free(model);
}

int32_t cov_request_create(const COVLibrary *library, const COVCompiledModel *model,
                           COVInferRequest **request) {
    return library->request_create(model, request);
}

int32_t cov_request_get_tensor(const COVLibrary *library, const COVInferRequest *request,
                               const char *name, COVTensor **tensor) {
    return library->request_get_tensor(request, name, tensor);
}

int32_t cov_request_infer(const COVLibrary *library, COVInferRequest *request) {
    return library->request_infer(request);
}

void cov_request_free(const COVLibrary *library, COVInferRequest *request) {
    library->request_free(request);
}

int32_t cov_tensor_shape(const COVLibrary *library, const COVTensor *tensor, COVShape *shape) {
    return library->tensor_shape(tensor, shape);
}

int32_t cov_tensor_set_shape(const COVLibrary *library, COVTensor *tensor, COVShape shape) {
    return library->tensor_set_shape(tensor, shape);
}

int32_t cov_shape_free(const COVLibrary *library, COVShape *shape) {
    return library->shape_free(shape);
}

int32_t cov_tensor_element_type(const COVLibrary *library, const COVTensor *tensor,
                                int32_t *type) {
    return library->tensor_element_type(tensor, type);
}

int32_t cov_tensor_data(const COVLibrary *library, const COVTensor *tensor, void **data) {
    return library->tensor_data(tensor, data);
}

void cov_tensor_free(const COVLibrary *library, COVTensor *tensor) { library->tensor_free(tensor); }
