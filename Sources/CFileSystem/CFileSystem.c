#define _GNU_SOURCE
#include "CFileSystem.h"

#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

int CFileSystem_syncfs(int descriptor) { return syncfs(descriptor); }

int CFileSystem_clone(int target, int source) { return ioctl(target, FICLONE, source); }
