/* The firmware that rung brings along (assets/handset), compiled in. */
#ifndef ROLES_HANDSET_HANDSET_IMAGE_H
#define ROLES_HANDSET_HANDSET_IMAGE_H

#include "base/str.h"

/* An ELF file; static. */
struct str handset_image(void);

#endif
