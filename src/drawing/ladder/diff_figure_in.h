/* What the files of the figure of a comparison share. */
#ifndef LADDER_DIFF_FIGURE_IN_H
#define LADDER_DIFF_FIGURE_IN_H

#include "draw/figure.h"
#include "ladder/diff_figure.h"

/* Points. */
#define MARGIN 26.0
#define TIMES  50.0
#define GUTTER 116.0
#define NAMES  24.0
#define LABEL  9.5

#endif
