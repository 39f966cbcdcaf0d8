/* See tests/engine/engine_lab.h. */
#include "engine_lab.h"

#include "base/mem.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static bool
add_text(struct engine_lab *l, const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return true;
	if (l->n == ENGINE_TEXTS ||
	    buf_read_file(&l->texts[l->n], path, 1u << 20) != 0)
		return false;
	l->paths[l->n] = mem_strdup(path);
	l->list[l->n] =
	    (struct engine_text){ l->paths[l->n], buf_view(&l->texts[l->n]) };
	l->n++;
	return true;
}

/* All but FIRST. */
static bool
add_folder(struct engine_lab *l, const char *folder, const char *first)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	bool good = dir != NULL;
	char path[1024];

	while (good && (entry = readdir(dir)) != NULL) {
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		if (entry->d_name[0] != '.' && strcmp(path, first) != 0)
			good = add_text(l, path);
	}
	if (dir != NULL)
		closedir(dir);
	return good;
}

bool
engine_lab_read(struct engine_lab *l, const char *file)
{
	char first[1024];
	struct stat st;
	bool lab = stat(file, &st) == 0 && S_ISDIR(st.st_mode);

	memset(l, 0, sizeof(*l));
	snprintf(first, sizeof(first), lab ? "%s/lab.lua" : "%s", file);
	return add_text(l, first) && (!lab || add_folder(l, file, first)) &&
	       add_folder(l, "topologies", first);
}

void
engine_lab_free(struct engine_lab *l)
{
	for (size_t i = 0; i < l->n; i++) {
		mem_free(l->paths[i]);
		buf_free(&l->texts[i]);
	}
}

struct engine *
engine_lab_run(const struct engine_lab *l)
{
	const struct engine_inputs in = { .texts = l->list, .ntexts = l->n };
	struct diag d = DIAG_INIT;
	struct engine_progress p;
	struct engine *e;

	if (engine_open(&e, &in, &d) == 0 &&
	    engine_advance(e, 0, 0, &p, &d) == 0 && p.done && d.err == 0)
		return e;
	printf("  %s: %s\n", l->list[0].path, d.text);
	engine_close(e);
	return NULL;
}
