"""What REST and the dashboard share: the edge, who calls, what a route needs, errors as statuses."""
