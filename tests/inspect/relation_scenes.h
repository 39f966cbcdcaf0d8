/*
 * Each row of inspect/relations.h with two scenes: BEFORE and then a message
 * that keeps it, or one that breaks it.  `sentence` is the row's, or its
 * beginning, which no other row has.
 */
#ifndef RELATION_SCENES_H
#define RELATION_SCENES_H

#include "inspect_scenes.h"

#define DOUBTED_ALONE 2

struct relation_scene {
	const char *sentence, *before, *right;
	const char *fault; /* NULL: a further one that keeps it */
	/* true: a capture can't prove it; DOUBTED_ALONE: nothing does */
	int run;
};

#endif
