/* What the files of base/outfile.h share. */
#ifndef BASE_OUTFILE_IN_H
#define BASE_OUTFILE_IN_H

#include "base/outfile.h"

/* Opens O's path with ".part" for writing, empty: o->temp.  The rest of an
 * earlier run gets another name: o->kept.  A descriptor, or -1: another process
 * writes there, or it can't be made. */
int outfile_open_part(struct outfile *o);

#endif
