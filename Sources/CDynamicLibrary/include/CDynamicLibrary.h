/* Functions of libraries that are loaded while the program runs. */
#ifndef CDYNAMICLIBRARY_H
#define CDYNAMICLIBRARY_H

#include <stddef.h>

/* A function's name, and where its address is to be put. */
typedef struct {
  const char *name;
  void **place;
} CDynamicLibrary_Function;

/* Loads a library, by a path or by a name that the system knows, and finds functions in it. It is never
 * unloaded.
 *
 * Returns NULL, or why it did not come about, in the system's words, which hold until this thread loads
 * again. Places are written up to the first function that is missing. */
const char *CDynamicLibrary_load(
    const char *file, const CDynamicLibrary_Function *functions, size_t count);

#endif
