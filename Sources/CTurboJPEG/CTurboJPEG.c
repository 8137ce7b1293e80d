/* SwiftPM builds a C target from one source at least; the header is all that Swift needs. */
#include "CTurboJPEG.h"
