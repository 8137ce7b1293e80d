#include "CDynamicLibrary.h"

#include <dlfcn.h>

const char *CDynamicLibrary_load(
    const char *file, const CDynamicLibrary_Function *functions, size_t count) {
  void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return dlerror();
  for (size_t index = 0; index < count; index++) {
    *functions[index].place = dlsym(library, functions[index].name);
    if (*functions[index].place == NULL) return dlerror();
  }
  return NULL;
}
