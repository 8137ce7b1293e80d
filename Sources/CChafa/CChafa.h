#ifndef CCHAFA_H
#define CCHAFA_H

// A header of our own, since a module map cannot ask pkg-config where the library's lies. Chafa's
// interface imports into Swift as it is.
#include <chafa.h>

#endif
