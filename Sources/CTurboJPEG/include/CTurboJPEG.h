/* TurboJPEG's handle API. It reports errors by return value, so nothing of ours stands between. */
#ifndef CTURBOJPEG_H
#define CTURBOJPEG_H

#include <turbojpeg.h>

#endif
