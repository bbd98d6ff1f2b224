"""Everything that changes a post. Each action: lock → permit → guard → change → audit."""
