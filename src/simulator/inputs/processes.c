/* Programs of nodes that are processes of their own; see inputs/processes.h. */
#include "inputs/processes.h"

bool
inputs_is_command(struct str text)
{
	return !str_ends(text, ".lua") &&
	       (str_chr(text, ' ') >= 0 || str_starts(text, "./") ||
		   str_starts(text, "/"));
}
