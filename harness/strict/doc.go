// Package strict reads TOML files that people write by hand, and tells them about every mistake at once. A key that
// nobody asked for is a mistake, as is a value of the wrong type or out of its bounds. Each problem is one line:
//
//	file:line: key: what is wrong; what to do
//
// Parse gives a Document, which collects the problems, and the Table at its top. The methods of Table read one value
// each; where a value is wrong they report it and return the zero value, so that a caller reads on without checking
// and asks Document.Err at the end:
//
//	doc, top := strict.Parse(file, data)
//	if top == nil {
//		return Server{}, doc.Err()
//	}
//	top.Only("id", "port")
//	top.Need("id", `id = "..."`)
//	s := Server{ID: top.ID("id"), Port: top.Integer("port", 1, 65535)}
//	if err := doc.Err(); err != nil {
//		return Server{}, err
//	}
//
// Rules that a type and bounds can't express are the caller's: Table.Bad reports what breaks them. A Table may be kept
// after Err; Table.Problem then says where in the file a later check failed.
//
// A file may be hostile: its size, the number of problems shown and the length of each are bounded, and a message has
// no control characters, whatever the file contains. Which keys a file has and what they mean is for the packages
// claim, scenario and target; this one alone knows the TOML library.
package strict
