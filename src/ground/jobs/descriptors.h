/* The files that a process has open, by their numbers. */
#ifndef JOBS_DESCRIPTORS_H
#define JOBS_DESCRIPTORS_H

/* Closes all from FIRST on.  closefrom(3) ends the program if the kernel has no
 * close_range for it and there is no /proc. */
void descriptors_close(int first);

#endif
