const allRoles = {
  reader: ['getBooks'],
  librarian: ['getBooks', 'manageBooks'],
};

module.exports = { roleRights: new Map(Object.entries(allRoles)) };
