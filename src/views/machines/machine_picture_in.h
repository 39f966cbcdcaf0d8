/* The two forms of a machine's picture. */
#ifndef VIEWS_MACHINES_MACHINE_PICTURE_IN_H
#define VIEWS_MACHINES_MACHINE_PICTURE_IN_H

#include "views/machines/machine_layout.h"
#include "views/machines/machine_picture.h"

/* machine_picture_list.c */
void picture_list_draw(const struct machine *m,
    const struct machine_picture_now *now, const struct grid_area *area);

#endif
