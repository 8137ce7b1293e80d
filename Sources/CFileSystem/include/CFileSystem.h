// System calls that Swift cannot import: one is behind a feature macro, the other is an ioctl whose
// number is a macro.
#ifndef TAGBENCH_CSYSTEM_H
#define TAGBENCH_CSYSTEM_H

/// Writes everything of the file system that holds the open file to the disk; 0, or -1 with errno.
int CFileSystem_syncfs(int descriptor);

/// Lets the target share the source's blocks; 0, or -1 with errno where the file systems cannot.
int CFileSystem_clone(int target, int source);

#endif
