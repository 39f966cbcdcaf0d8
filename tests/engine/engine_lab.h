/* For tests that open the engine: the texts of a lab, read into memory. */
#ifndef ENGINE_LAB_H
#define ENGINE_LAB_H

#include "engine/engine.h"

#define ENGINE_TEXTS 96

struct engine_lab {
	struct engine_text list[ENGINE_TEXTS];
	char *paths[ENGINE_TEXTS];
	struct buf texts[ENGINE_TEXTS];
	size_t n;
};

/* FILE is a lab's folder or a topology; all texts beside it, and all
 * topologies. False where it can't be read. */
bool engine_lab_read(struct engine_lab *l, const char *file);
void engine_lab_free(struct engine_lab *l);
/* Opened, and run to its end; NULL, with a word, where that fails. */
struct engine *engine_lab_run(const struct engine_lab *l);

#endif
