/*
 * What the name of a file says of its form: the ending of "call.svg" is "svg".
 */
#ifndef BASE_FILE_ENDING_H
#define BASE_FILE_ENDING_H

#include "base/str.h"

/* What stands behind the last dot of FILE's own name, a slice of it: letters,
 * or letters and digits.  Empty where that says nothing: "a.b/c", ".svg", "x.",
 * "trace.2". */
struct str file_ending(struct str file);

/* The same of a file that may be compressed on its way (base/outfile.h): "svg"
 * of "call.svg.gz". */
struct str file_ending_packed(struct str file);

#endif
