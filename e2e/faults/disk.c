/*
 * A disk that does what a file says. Preloaded into a process, it asks the file named by CARILLON_DISK at each fsync:
 *   (no file)  the disk is well
 *   eio        the sync fails
 *   slow N     the sync takes N ms longer
 *   die        the sync succeeds, and the process is killed before anybody learns of it
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef int (*sync_fn)(int);

static void state(char *word, int *ms) {
  word[0] = 0;
  *ms = 0;
  const char *path = getenv("CARILLON_DISK");
  FILE *file = path ? fopen(path, "re") : NULL;
  if (!file) return;
  if (fscanf(file, "%7s %d", word, ms) < 1) word[0] = 0;
  fclose(file);
}

static int act(sync_fn real, int fd) {
  char word[8];
  int ms;
  state(word, &ms);
  if (!strcmp(word, "eio")) {
    errno = EIO;
    return -1;
  }
  if (!strcmp(word, "slow")) usleep((useconds_t)ms * 1000);
  int result = real(fd);
  if (!strcmp(word, "die")) kill(getpid(), SIGKILL);
  return result;
}

int fsync(int fd) { return act((sync_fn)dlsym(RTLD_NEXT, "fsync"), fd); }
int fdatasync(int fd) { return act((sync_fn)dlsym(RTLD_NEXT, "fdatasync"), fd); }
