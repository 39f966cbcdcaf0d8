/* Rows of dialogs and what changes them (inspect/relations.h). */
#ifndef INSPECT_RELATIONS_DIALOG_H
#define INSPECT_RELATIONS_DIALOG_H

/* clang-format off */
#define RELATIONS_DIALOG(X)
/* clang-format on */

#endif
