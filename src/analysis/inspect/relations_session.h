/* Rows of session descriptions (inspect/relations.h). */
#ifndef INSPECT_RELATIONS_SESSION_H
#define INSPECT_RELATIONS_SESSION_H

/* clang-format off */
#define RELATIONS_SESSION(X)
/* clang-format on */

#endif
