#define _GNU_SOURCE
#include "CSystem.h"

#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

int CSystem_syncfs(int descriptor) { return syncfs(descriptor); }

int CSystem_clone(int target, int source) { return ioctl(target, FICLONE, source); }
